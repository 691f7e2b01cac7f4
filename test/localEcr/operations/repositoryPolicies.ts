import { AwsError, invalidParameter } from "../awsError.js";
import type { OpenRepository, Operation } from "../call.js";
import { openRepository } from "../call.js";
import { tryParseObject } from "../json.js";

const mostCharacters = 10_240;

/** The operations on who may use a repository. */
export const repositoryPolicyOperations: Readonly<Record<string, Operation>> = {
  SetRepositoryPolicy(call) {
    const open = openRepository(call);
    const text = call.input.string("policyText");
    if (text.length > mostCharacters) {
      throw invalidParameter(
        "policyText",
        `Member must have length less than or equal to ${mostCharacters}`,
      );
    }
    const statement = tryParseObject(text)?.["Statement"];
    if (typeof statement !== "object" || statement === null) {
      throw invalidParameter("PolicyText", "Invalid repository policy provided");
    }
    call.context.store.registry(open.key).put({ ...open.repository, policy: text });
    return describe(open, text);
  },

  GetRepositoryPolicy(call) {
    const open = openRepository(call);
    return describe(open, policyOf(open));
  },

  DeleteRepositoryPolicy(call) {
    const open = openRepository(call);
    const text = policyOf(open);
    const { policy, ...rest } = open.repository;
    call.context.store.registry(open.key).put(rest);
    return describe(open, policy ?? text);
  },
};

function policyOf({ key, repository }: OpenRepository): string {
  if (repository.policy !== undefined) return repository.policy;
  throw new AwsError(
    "RepositoryPolicyNotFoundException",
    `Repository policy does not exist for the repository with name '${repository.name}' in the registry with id '${key.account}'`,
  );
}

function describe({ key, repository }: OpenRepository, policyText: string): object {
  return { registryId: key.account, repositoryName: repository.name, policyText };
}
