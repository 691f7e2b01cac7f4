import type { PutImageTagMutabilityCommandInput } from "@aws-sdk/client-ecr";
import type { TagMutability } from "../../core/registry.js";

/** Says a tag rule as ECR takes it: exclusions are a rule of their own, and come with filters. */
export function mutabilityInput({
  default: rule,
  exclusions,
}: TagMutability): Pick<
  PutImageTagMutabilityCommandInput,
  "imageTagMutability" | "imageTagMutabilityExclusionFilters"
> {
  const isImmutable = rule === "immutable";
  if (exclusions.length === 0) {
    return { imageTagMutability: isImmutable ? "IMMUTABLE" : "MUTABLE" };
  }
  return {
    imageTagMutability: isImmutable ? "IMMUTABLE_WITH_EXCLUSION" : "MUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({
      filterType: "WILDCARD",
      filter,
    })),
  };
}
