import {
  arrangeRepositories,
  type Arrangement,
} from "../../core/repositories/arrangeRepositories.js";
import type { Listing } from "../../core/catalog.js";
import { findMatches, type NameFilter } from "../../core/repositories/nameFilter.js";
import type { Repository } from "../../core/registry.js";
import type { RegistryFacts } from "./registryFacts.js";
import type {
  NamespaceNode,
  RegistryNode,
  RegistryTreeNode,
  RepositoryNode,
  RepositoryPlace,
} from "./registryNodes.js";

/**
 * How many rows stand at one level before somebody asks for more.
 *
 * VS Code keeps and compares every row of an open level, also those that nobody scrolls to.
 */
const ROWS_AT_ONCE = 500;

/** Makes the rows of one registry's repositories, and keeps them while what they say is the same. */
export class RepositoryRows {
  readonly #nodes = new Map<string, RepositoryNode>();
  readonly #namespaces = new Map<string, NamespaceNode>();
  readonly #limits = new Map<string, number>();

  /** The row of a repository that has been shown, or could be; undefined while it is not read. */
  repositoryNode(name: string): RepositoryNode | undefined {
    return this.#nodes.get(name);
  }

  /** The row of a namespace that has been shown. */
  namespaceNode(path: string): NamespaceNode | undefined {
    return this.#namespaces.get(path);
  }

  /** Forgets all rows, as when they stand otherwise from now on. */
  clear(): void {
    this.#nodes.clear();
    this.#namespaces.clear();
  }

  /** Shows more rows of a level the next time; an empty path is the top. */
  showMore(path: string, { filter }: Arrangement): void {
    const key = limitKey(path, filter);
    this.#limits.set(key, (this.#limits.get(key) ?? ROWS_AT_ONCE) + ROWS_AT_ONCE);
  }

  /** Makes sure that a repository, and what stands above it, has a row the next time. */
  reach(name: string, { items }: Listing<Repository>, arrangement: Arrangement): void {
    let path = "";
    for (;;) {
      const { pinned, namespaces, repositories } = arrangeRepositories(items, arrangement, path);
      const above = namespaces.findIndex((each) => name.startsWith(`${each.path}/`));
      const own = repositories.findIndex((repository) => repository.name === name);
      const at = own >= 0 ? namespaces.length + own : above;
      const key = limitKey(path, arrangement.filter);
      const limit = this.#limits.get(key) ?? ROWS_AT_ONCE;
      this.#limits.set(key, Math.max(limit, pinned.length + at + 1));
      const next = own >= 0 ? undefined : namespaces[above];
      if (!next || pinned.some((repository) => repository.name === name)) return;
      ({ path } = next);
    }
  }

  /** Returns the rows below a registry or one of its namespaces. */
  below(
    parent: RegistryNode | NamespaceNode,
    { items, isComplete }: Listing<Repository>,
    arrangement: Arrangement,
    facts: RegistryFacts | undefined,
  ): RegistryTreeNode[] {
    const path = parent.kind === "namespace" ? parent.path : "";
    const level = arrangeRepositories(items, arrangement, path);
    const { pinned, namespaces, repositories } = level;
    const total = pinned.length + namespaces.length + repositories.length;
    const limit = this.#limits.get(limitKey(path, arrangement.filter)) ?? ROWS_AT_ONCE;
    const shown = Math.min(limit, total);
    const { location } = parent;
    const rows: RegistryTreeNode[] = [];
    for (const repository of pinned.slice(0, shown)) {
      rows.push(this.#node(location, repository, { isPinned: true }, arrangement, facts));
    }
    for (const { path: below, members } of namespaces.slice(0, shown - rows.length)) {
      const createsOnPush = facts?.createsOnPush(below) ?? false;
      const upstream = facts?.upstreamFrom(below);
      rows.push(
        this.#namespace({
          kind: "namespace",
          location,
          path: below,
          count: members.length,
          createsOnPush,
          ...(upstream !== undefined && { upstream }),
        }),
      );
    }
    for (const repository of repositories.slice(0, shown - rows.length)) {
      const place = path === "" ? {} : { namespace: path };
      rows.push(this.#node(location, repository, place, arrangement, facts));
    }
    if (shown < total) {
      rows.push({ kind: "moreRepositories", parent, shown, total, isComplete });
    }
    return rows;
  }

  /** Keeps one node per repository, so that VS Code recognises its row when it is refreshed. */
  #node(
    location: RegistryNode["location"],
    repository: Repository,
    where: Pick<RepositoryPlace, "namespace" | "isPinned">,
    { filter }: Arrangement,
    facts: RegistryFacts | undefined,
  ): RepositoryNode {
    const upstream = facts?.upstreamOf(repository.name);
    const place: RepositoryPlace = {
      ...where,
      ...(filter && { matches: findMatches(filter, repository.name) }),
      ...(upstream !== undefined && { upstream }),
    };
    const known = this.#nodes.get(repository.name);
    if (known?.repository === repository && isSame(known.place, place)) return known;
    const node: RepositoryNode = { kind: "repository", location, repository, place };
    this.#nodes.set(repository.name, node);
    return node;
  }

  #namespace(node: NamespaceNode): NamespaceNode {
    const known = this.#namespaces.get(node.path);
    if (known && isSame(known, node)) return known;
    this.#namespaces.set(node.path, node);
    return node;
  }
}

/** What somebody asked to see more of: a level, among what a filter finds. */
function limitKey(path: string, filter: NameFilter | undefined): string {
  return `${filter?.text ?? ""}\n${path}`;
}

function isSame(known: object | undefined, next: object): boolean {
  return JSON.stringify(known) === JSON.stringify(next);
}
