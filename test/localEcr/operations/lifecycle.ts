import { AwsError } from "../awsError.js";
import type { Operation } from "../call.js";
import { openRepository } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";
import { parseLifecyclePolicy } from "../lifecyclePolicy.js";
import type { RepositoryRecord } from "../records.js";

/** The operations on a repository's lifecycle policy. */
export const lifecycleOperations: Readonly<Record<string, Operation>> = {
  PutLifecyclePolicy(call) {
    const { key, repository } = openRepository(call);
    const text = call.input.string("lifecyclePolicyText");
    parseLifecyclePolicy(text);
    const lifecycle = { text, evaluatedAt: Date.now() };
    call.context.store.registry(key).put({ ...repository, lifecycle });
    return { registryId: key.account, repositoryName: repository.name, lifecyclePolicyText: text };
  },

  GetLifecyclePolicy(call) {
    const { key, repository } = openRepository(call);
    const lifecycle = policyOf(repository, key.account);
    return describe(key.account, repository, lifecycle);
  },

  DeleteLifecyclePolicy(call) {
    const { key, repository } = openRepository(call);
    const existing = policyOf(repository, key.account);
    const { lifecycle, ...rest } = repository;
    call.context.store.registry(key).put(rest);
    return describe(key.account, repository, lifecycle ?? existing);
  },
};

/** Returns a repository's policy, or throws LifecyclePolicyNotFoundException. */
export function policyOf(
  repository: RepositoryRecord,
  registryId: string,
): { readonly text: string; readonly evaluatedAt: number } {
  if (repository.lifecycle) return repository.lifecycle;
  throw new AwsError(
    "LifecyclePolicyNotFoundException",
    `Lifecycle policy does not exist for the repository with name '${repository.name}' in the registry with id '${registryId}'`,
  );
}

function describe(
  registryId: string,
  repository: RepositoryRecord,
  { text, evaluatedAt }: { readonly text: string; readonly evaluatedAt: number },
): object {
  return {
    registryId,
    repositoryName: repository.name,
    lifecyclePolicyText: text,
    lastEvaluatedAt: epochSeconds(evaluatedAt),
  };
}
