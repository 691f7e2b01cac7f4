import type { CreateRepositoryCommandInput } from "@aws-sdk/client-ecr";
import type { NewRepository } from "../../core/registry.js";
import { mutabilityInput } from "./mutabilityInput.js";

/** Says a new repository as ECR takes it; what was not chosen is left to ECR's own defaults. */
export function newRepositoryInput(wanted: NewRepository): CreateRepositoryCommandInput {
  const { name, tagMutability, exclusions = [], scanOnPush, kmsKey, resourceTags = [] } = wanted;
  return {
    repositoryName: name,
    ...mutabilityInput({ default: tagMutability, exclusions }),
    ...(scanOnPush === undefined ? {} : { imageScanningConfiguration: { scanOnPush } }),
    ...(kmsKey === undefined
      ? {}
      : {
          encryptionConfiguration: {
            encryptionType: "KMS",
            ...(kmsKey === "aws/ecr" ? {} : { kmsKey }),
          },
        }),
    ...(resourceTags.length === 0
      ? {}
      : { tags: resourceTags.map(([Key, Value]) => ({ Key, Value })) }),
  };
}
