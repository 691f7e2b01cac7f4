import { nothingRead } from "../../core/catalog.js";
import { matchesFilter } from "../../core/repositories/nameFilter.js";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import { filterMessage } from "./filterMessage.js";
import { RegistryBranch } from "./registryBranch.js";
import type { RegistryBranchPorts } from "./registryBranchPorts.js";

/** The registries in the tree, by where they are. */
export class RegistryBranches {
  readonly #branches = new Map<string, RegistryBranch>();

  constructor(private readonly ports: RegistryBranchPorts) {}

  /** All of them, in the order in which they were first shown. */
  all(): readonly RegistryBranch[] {
    return [...this.#branches.values()];
  }

  /** Returns the registry at a place, if the tree shows it. */
  of(location: RegistryLocation): RegistryBranch | undefined {
    return this.#branches.get(registryKey(location));
  }

  /** Returns the registry at a place, new or known. */
  open(location: RegistryLocation, isChosen: boolean): RegistryBranch {
    const known = this.of(location);
    known?.setChosen(isChosen);
    if (known) return known;
    const branch = new RegistryBranch(this.ports, location, isChosen);
    this.#branches.set(registryKey(location), branch);
    return branch;
  }

  /** Lets go of registries that are not shown any more. */
  keepOnly(locations: readonly RegistryLocation[]): void {
    const keys = new Set(locations.map(registryKey));
    for (const [key, branch] of this.#branches) {
      if (keys.has(key)) continue;
      branch.forget();
      this.#branches.delete(key);
    }
  }

  /** Lets the repositories stand otherwise; a filter also finds what nobody has opened. */
  rearrange(): void {
    for (const branch of this.all()) {
      branch.rearrange();
      if (this.ports.arrangement.filter) void branch.begin();
    }
  }

  /** The registries of whose repositories a filter finds some. */
  withMatches(): readonly RegistryBranch[] {
    const { filter } = this.ports.arrangement;
    if (!filter) return [];
    return this.all().filter(({ repositories }) =>
      repositories?.items.some(({ name }) => matchesFilter(filter, name)),
    );
  }

  /** Those that belong on screen: while something is looked for, none in which it certainly is not. */
  visible(branches: readonly RegistryBranch[]): readonly RegistryBranch[] {
    const { filter } = this.ports.arrangement;
    if (!filter) return branches;
    const found = this.withMatches();
    return branches.filter(
      (branch) =>
        branch.node.isChosen ||
        branch.failure !== undefined ||
        branch.repositories?.isComplete !== true ||
        found.includes(branch),
    );
  }

  /** What to say above the rows; empty while nothing is looked for. */
  message(): string {
    const listings = this.all().map(({ repositories, failure }) => ({
      ...(repositories ?? nothingRead),
      ...(failure && { isComplete: true }),
    }));
    return filterMessage(this.ports.arrangement.filter, listings);
  }
}
