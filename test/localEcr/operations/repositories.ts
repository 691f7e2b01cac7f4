import { repositoryArn } from "../arn.js";
import { AwsError } from "../awsError.js";
import type { Call, Operation } from "../call.js";
import { findRepository, openRepository, repositoryNameOf, targetRegistry } from "../call.js";
import type { Context } from "../context.js";
import { epochSeconds } from "../epochSeconds.js";
import { parsePageRequest, takePage } from "../paging.js";
import type { RepositoryRecord } from "../records.js";
import type { RegistryKey } from "../store.js";
import { parseResourceTags } from "./resourceTags.js";
import { parseMutability } from "./tagMutability.js";

/** The operations that make, list and delete repositories. */
export const repositoryOperations: Readonly<Record<string, Operation>> = {
  CreateRepository(call) {
    const key = targetRegistry(call);
    const name = repositoryNameOf(call);
    const registry = call.context.store.registry(key);
    const record = parseNewRepository(call, name);
    if (registry.find(name)) {
      const text = `The repository with name '${name}' already exists in the registry with id '${key.account}'`;
      throw new AwsError("RepositoryAlreadyExistsException", text);
    }
    registry.put(record);
    return { repository: describe(call.context, key, record) };
  },

  DescribeRepositories(call) {
    const { input, context } = call;
    const key = targetRegistry(call);
    const names = input.optionalStrings("repositoryNames", 1, 100);
    const request = parsePageRequest(
      input,
      `repositories/${key.account}/${key.region}`,
      "repositoryNames",
    );
    if (names) {
      const repositories = names.map((name) => findRepository(context, key, name).repository);
      return { repositories: repositories.map((each) => describe(context, key, each)) };
    }
    const registry = context.store.registry(key);
    const start = request.cursor?.key ?? "";
    const rows = registry
      .names()
      .filter((name) => name >= start)
      .map((name) => ({ key: name, row: name }));
    const { rows: page, nextToken } = takePage(rows, request);
    const repositories = page.flatMap((name) => registry.find(name) ?? []);
    return { repositories: repositories.map((each) => describe(context, key, each)), nextToken };
  },

  DeleteRepository(call) {
    const { key, repository, images } = openRepository(call);
    const force = call.input.optionalBoolean("force") ?? false;
    if (images.size > 0 && !force) {
      throw new AwsError(
        "RepositoryNotEmptyException",
        `The repository with name '${repository.name}' in registry with id '${key.account}' cannot be deleted because it still contains images`,
      );
    }
    call.context.store.deleteRepository(key, repository.name);
    return { repository: describe(call.context, key, repository) };
  },
};

function parseNewRepository(call: Call, name: string): RepositoryRecord {
  const { input } = call;
  const encryption = input.optionalObject("encryptionConfiguration");
  const kmsKey = encryption?.optionalString("kmsKey");
  return {
    name,
    createdAt: Date.now(),
    ...parseMutability(input),
    scanOnPush:
      input.optionalObject("imageScanningConfiguration")?.optionalBoolean("scanOnPush") ?? false,
    encryption: {
      encryptionType:
        encryption?.optionalChoice("encryptionType", ["AES256", "KMS", "KMS_DSSE"]) ?? "AES256",
      ...(kmsKey === undefined ? {} : { kmsKey }),
    },
    tags: parseResourceTags(input.optionalObjects("tags", 0, 200) ?? []),
  };
}

function describe(context: Context, key: RegistryKey, repository: RepositoryRecord): object {
  return {
    repositoryArn: repositoryArn(key, repository.name),
    registryId: key.account,
    repositoryName: repository.name,
    repositoryUri: `${context.host}/${repository.name}`,
    createdAt: epochSeconds(repository.createdAt),
    imageTagMutability: repository.tagMutability,
    imageTagMutabilityExclusionFilters:
      repository.exclusionFilters.length > 0 ? repository.exclusionFilters : undefined,
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: repository.encryption,
  };
}
