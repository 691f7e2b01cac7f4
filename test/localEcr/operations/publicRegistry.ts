import { randomUUID } from "node:crypto";
import { repositoryArn } from "../arn.js";
import { AwsError } from "../awsError.js";
import type { Call, Operation } from "../call.js";
import { findRepository, repositoryNameOf } from "../call.js";
import type { Context } from "../context.js";
import { epochSeconds } from "../epochSeconds.js";
import { findImage } from "../findImage.js";
import { parseImageId } from "../imageId.js";
import { parsePageRequest, takePage } from "../paging.js";
import { publicAlias } from "../publicRegistry.js";
import type { ImageRecord, RepositoryRecord } from "../records.js";
import type { RegistryKey } from "../store.js";

/**
 * The operations of ECR Public, whose repositories are kept under the names that clients push to:
 * with the registry's alias before the name that the API uses.
 */
export const publicOperations: Readonly<Record<string, Operation>> = {
  GetAuthorizationToken({ key, context }) {
    const { password, expiresAt } = context.tokens.issue(key);
    return {
      authorizationData: {
        authorizationToken: Buffer.from(`AWS:${password}`).toString("base64"),
        expiresAt: epochSeconds(expiresAt.getTime()),
      },
    };
  },

  DescribeRegistries({ key, context }) {
    const name = publicAlias(key.account);
    const status = "ACTIVE";
    return {
      registries: [
        {
          registryId: key.account,
          registryArn: `arn:aws:ecr-public::${key.account}:registry/${key.account}`,
          registryUri: `${context.host}/${name}`,
          verified: false,
          aliases: [{ name, status, primaryRegistryAlias: true, defaultRegistryAlias: true }],
        },
      ],
    };
  },

  CreateRepository(call) {
    const { key, context } = call;
    const name = repositoryNameOf(call);
    const registry = context.store.registry(key);
    if (registry.find(stored(key, name))) {
      const text = `The repository with name '${name}' already exists in the registry with id '${key.account}'`;
      throw new AwsError("RepositoryAlreadyExistsException", text);
    }
    const record: RepositoryRecord = {
      name: stored(key, name),
      createdAt: Date.now(),
      tagMutability: "MUTABLE",
      exclusionFilters: [],
      scanOnPush: false,
      encryption: { encryptionType: "AES256" },
      tags: [],
    };
    registry.put(record);
    return { repository: describe(context, key, record) };
  },

  DescribeRepositories({ input, key, context }) {
    const names = input.optionalStrings("repositoryNames", 1, 100);
    const request = parsePageRequest(input, `public/${key.account}`, "repositoryNames");
    if (names) {
      const found = names.map((name) => open(context, key, name).repository);
      return { repositories: found.map((each) => describe(context, key, each)) };
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

  DescribeImages(call) {
    const opened = openOf(call);
    const ids = call.input.optionalObjects("imageIds", 1, 100)?.map(parseImageId);
    const list = `publicImages/${call.key.account}/${opened.repository.name}`;
    const request = parsePageRequest(call.input, list, "imageIds");
    if (ids) {
      const found = new Map(
        ids.map((id) => findImage(opened, id)).map((each) => [each.digest, each]),
      );
      return { imageDetails: [...found.values()].map((image) => describeImage(call, image)) };
    }
    const start = typeof request.cursor?.key === "number" ? request.cursor.key : 0;
    const rows = [...opened.images.from(start)].map((image) => ({
      key: image.sequence,
      row: describeImage(call, image),
    }));
    const { rows: imageDetails, nextToken } = takePage(rows, request);
    return { imageDetails, nextToken };
  },

  BatchCheckLayerAvailability(call) {
    const { images } = openOf(call);
    const digests = call.input.strings("layerDigests", 1, 100);
    return {
      layers: digests.map((layerDigest) => ({
        layerDigest,
        layerAvailability: images.blob(layerDigest) ? "AVAILABLE" : "UNAVAILABLE",
      })),
      failures: [],
    };
  },

  InitiateLayerUpload(call) {
    openOf(call);
    return { uploadId: randomUUID(), partSize: 10_485_760 };
  },
};

function stored(key: RegistryKey, name: string): string {
  return `${publicAlias(key.account)}/${name}`;
}

function named(key: RegistryKey, { name }: RepositoryRecord): string {
  return name.slice(publicAlias(key.account).length + 1);
}

function openOf(call: Call) {
  return open(call.context, call.key, repositoryNameOf(call));
}

function open(context: Context, key: RegistryKey, name: string) {
  try {
    return findRepository(context, key, stored(key, name));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError(error.code, error.message.replace(stored(key, name), name), error.status);
  }
}

function describe(context: Context, key: RegistryKey, repository: RepositoryRecord): object {
  return {
    repositoryArn: repositoryArn(key, repository.name),
    registryId: key.account,
    repositoryName: named(key, repository),
    repositoryUri: `${context.host}/${repository.name}`,
    createdAt: epochSeconds(repository.createdAt),
  };
}

function describeImage({ key, input }: Call, image: ImageRecord): object {
  return {
    registryId: key.account,
    repositoryName: input.string("repositoryName"),
    imageDigest: image.digest,
    imageTags: image.tags.length > 0 ? image.tags : undefined,
    imageSizeInBytes: image.sizeBytes,
    imagePushedAt: epochSeconds(image.pushedAt),
    imageManifestMediaType: image.mediaType,
    artifactMediaType: image.artifactMediaType,
  };
}
