import {
  BatchGetImageCommand,
  type ImageReferrer,
  ListImageReferrersCommand,
} from "@aws-sdk/client-ecr";
import { asInstant } from "../../core/jsonFields.js";
import {
  cosignTags,
  type Referrer,
  referrerRole,
  type Referrers,
} from "../../core/images/imageDetails/referrers.js";
import type { EcrCalls } from "../ecrCalls.js";
import { MANIFEST_TYPES } from "../readManifestBatches.js";

/** The largest page that ECR makes, and how many of them are read; the SDK has no paginator. */
const PAGE_SIZE = 50;
const MAX_PAGES = 10;

/** Reads what names the image as its subject, and what cosign tagged for it. */
export async function readReferrers(
  calls: EcrCalls,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Referrers> {
  const [named, tagged] = await Promise.all([
    readNamed(calls, repository, digest, signal),
    readTagged(calls, repository, digest, signal),
  ]);
  const known = new Set(named.list.map((one) => one.digest));
  const list = [...named.list, ...tagged.filter((one) => !known.has(one.digest))];
  return { list, isCut: named.isCut };
}

async function readNamed(
  calls: EcrCalls,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Referrers> {
  const subject = { operation: "ListImageReferrers", repository, digest };
  const list: Referrer[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages === 0 || nextToken !== undefined; pages++) {
    if (pages === MAX_PAGES) return { list, isCut: true };
    const command = new ListImageReferrersCommand({
      repositoryName: repository,
      subjectId: { imageDigest: digest },
      filter: { artifactStatus: "ANY" },
      maxResults: PAGE_SIZE,
      nextToken,
    });
    const answer = await calls.ask(subject, signal, ({ ecr }, abortSignal) =>
      ecr.send(command, { abortSignal }),
    );
    list.push(...(answer.referrers ?? []).map(readReferrer));
    nextToken = answer.nextToken;
  }
  return { list, isCut: false };
}

function readReferrer(answer: ImageReferrer): Referrer {
  const { digest = "", artifactType, size, annotations } = answer;
  return {
    digest,
    role: referrerRole(artifactType, annotations),
    artifactType,
    sizeBytes: size,
    createdAt: asInstant(annotations?.["org.opencontainers.image.created"]),
    tag: undefined,
  };
}

/** One call for all tags: those that nobody made are among its failures, which say no more. */
function readTagged(
  calls: EcrCalls,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<readonly Referrer[]> {
  const tags = cosignTags(digest);
  const subject = { operation: "BatchGetImage", repository, digest };
  return calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
    const command = new BatchGetImageCommand({
      repositoryName: repository,
      imageIds: [...tags.keys()].map((imageTag) => ({ imageTag })),
      acceptedMediaTypes: [...MANIFEST_TYPES],
    });
    const { images = [] } = await ecr.send(command, { abortSignal });
    return images.flatMap(({ imageId, imageManifest = "" }) => {
      const role = tags.get(imageId?.imageTag ?? "");
      if (role === undefined || imageId?.imageDigest === undefined) return [];
      const sizeBytes = Buffer.byteLength(imageManifest);
      const { imageDigest, imageTag: tag } = imageId;
      return {
        digest: imageDigest,
        role,
        artifactType: undefined,
        sizeBytes,
        createdAt: undefined,
        tag,
      };
    });
  });
}
