import { tryParseNameFilter } from "../../src/core/repositories/nameFilter.js";
import type { Repository } from "../../src/core/registry.js";
import type { RegistryNode } from "../../src/ui/explorer/registryNodes.js";
import { RepositoryRows } from "../../src/ui/explorer/repositoryRows.js";

const location = { profile: undefined, region: "eu-west-1", endpoint: undefined };
const registry: RegistryNode = {
  kind: "registry",
  location,
  isChosen: true,
  registryId: undefined,
};

/** What somebody types, key by key, to find one of many repositories. */
const TYPED = "team-7 service-0421";

/** Types a filter key by key over as many repositories, and returns how long each key took, in ms. */
export function typeRepositoryFilter(repositories: number): readonly number[] {
  const items = Array.from({ length: repositories }, (_, index) => makeRepository(index));
  const listing = { items, isComplete: true };
  const rows = new RepositoryRows();
  const pins = new Set(["team-3/service-00003"]);
  return Array.from(TYPED, (_, index) => {
    const startedAt = performance.now();
    const filter = tryParseNameFilter(TYPED.slice(0, index + 1));
    // As the tree does when the filter changes.
    rows.clear();
    rows.below(registry, listing, { filter, isGrouped: true, pins }, undefined);
    return performance.now() - startedAt;
  });
}

function makeRepository(index: number): Repository {
  const name = `team-${String(index % 10)}/service-${String(index).padStart(5, "0")}`;
  return {
    name,
    arn: `arn:aws:ecr:eu-west-1:123456789012:repository/${name}`,
    registryId: "123456789012",
    uri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}`,
    createdAt: undefined,
    tagMutability: { default: "mutable", exclusions: [] },
  };
}
