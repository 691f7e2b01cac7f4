import { invalidParameter } from "../awsError.js";
import type { Operation } from "../call.js";
import { openRepository } from "../call.js";
import type { Input } from "../input.js";
import type { ExclusionFilter, RepositoryRecord, TagMutability } from "../records.js";

const mutabilities: readonly TagMutability[] = [
  "MUTABLE",
  "IMMUTABLE",
  "MUTABLE_WITH_EXCLUSION",
  "IMMUTABLE_WITH_EXCLUSION",
];

/** The operation that changes which tags may move. */
export const tagMutabilityOperations: Readonly<Record<string, Operation>> = {
  PutImageTagMutability(call) {
    const { key, repository } = openRepository(call);
    call.input.string("imageTagMutability");
    const changed = { ...repository, ...parseMutability(call.input) };
    call.context.store.registry(key).put(changed);
    return {
      registryId: key.account,
      repositoryName: repository.name,
      imageTagMutability: changed.tagMutability,
      imageTagMutabilityExclusionFilters:
        changed.exclusionFilters.length > 0 ? changed.exclusionFilters : undefined,
    };
  },
};

/**
 * Reads the tag mutability of a request; `MUTABLE` when it has none.
 *
 * @throws AwsError InvalidParameterException for filters without exclusion, or exclusion without.
 */
export function parseMutability(
  input: Input,
): Pick<RepositoryRecord, "tagMutability" | "exclusionFilters"> {
  const tagMutability = input.optionalChoice("imageTagMutability", mutabilities) ?? "MUTABLE";
  const field = "imageTagMutabilityExclusionFilters";
  const exclusionFilters = (input.optionalObjects(field, 1, 5) ?? []).map(parseFilter);
  const takesFilters = tagMutability.endsWith("_WITH_EXCLUSION");
  if (takesFilters && exclusionFilters.length === 0) {
    throw invalidParameter(
      field,
      `Member must not be empty when imageTagMutability is ${tagMutability}`,
    );
  }
  if (!takesFilters && exclusionFilters.length > 0) {
    throw invalidParameter(
      field,
      `Member must be empty when imageTagMutability is ${tagMutability}`,
    );
  }
  return { tagMutability, exclusionFilters };
}

function parseFilter(input: Input): ExclusionFilter {
  input.string("filterType");
  const filterType = input.optionalChoice("filterType", ["WILDCARD"]) ?? "WILDCARD";
  const filter = input.string("filter");
  if (!/^[0-9a-zA-Z._*-]{1,128}$/.test(filter)) {
    throw invalidParameter("filter", "must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$'");
  }
  return { filterType, filter };
}
