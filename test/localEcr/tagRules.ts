import type { ExclusionFilter, RepositoryRecord } from "./records.js";

/**
 * The form of a tag: the OCI one, which is stricter than the API's own limit of 300 characters.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export function isTag(text: string): boolean {
  return /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text);
}

/** Tells whether a tag, once taken, stays with its image. */
export function isTagImmutable(
  repository: Pick<RepositoryRecord, "tagMutability" | "exclusionFilters">,
  tag: string,
): boolean {
  const excluded = repository.exclusionFilters.some((filter) => matchesFilter(filter, tag));
  switch (repository.tagMutability) {
    case "MUTABLE":
      return false;
    case "IMMUTABLE":
      return true;
    case "MUTABLE_WITH_EXCLUSION":
      return excluded;
    case "IMMUTABLE_WITH_EXCLUSION":
      return !excluded;
  }
}

/** Tells whether a tag matches a filter, where `*` stands for any characters, none included. */
export function matchesFilter({ filter }: ExclusionFilter, tag: string): boolean {
  return wildcardPattern(filter).test(tag);
}

/** Returns the expression for a text where `*` stands for any characters. */
export function wildcardPattern(text: string): RegExp {
  const literal = text.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]-]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`);
}
