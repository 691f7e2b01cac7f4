import { matchesFilter, type NameFilter } from "./nameFilter.js";
import { groupByNamespace, type Named, type Namespace } from "./namespaces.js";

/** How somebody wants the repositories of a registry to stand. */
export interface Arrangement {
  /** Which names are looked for; what matches stands in one list, whatever its namespace. */
  readonly filter: NameFilter | undefined;
  /** Whether names with slashes stand in namespaces. */
  readonly isGrouped: boolean;
  /** The names that stand first, outside of every namespace. */
  readonly pins: ReadonlySet<string>;
}

/** What stands at one level, in this order. */
export interface ArrangedLevel<T extends Named> {
  readonly pinned: readonly T[];
  readonly namespaces: readonly Namespace<T>[];
  readonly repositories: readonly T[];
}

/** Arranges repositories at the top of their registry, or below the namespace `path`. */
export function arrangeRepositories<T extends Named>(
  all: readonly T[],
  { filter, isGrouped, pins }: Arrangement,
  path = "",
): ArrangedLevel<T> {
  const below = path === "" ? all : all.filter(({ name }) => name.startsWith(`${path}/`));
  const wanted = filter ? below.filter(({ name }) => matchesFilter(filter, name)) : below;
  const pinned = path === "" ? wanted.filter(({ name }) => pins.has(name)) : [];
  const others = pins.size === 0 ? wanted : wanted.filter(({ name }) => !pins.has(name));
  if (!isGrouped || filter) return { pinned, namespaces: [], repositories: others };
  const { namespaces, members } = groupByNamespace(others, path);
  return { pinned, namespaces, repositories: members };
}
