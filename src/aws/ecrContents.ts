import { BatchGetImageCommand } from "@aws-sdk/client-ecr";
import type { ImageContents, ManifestText } from "../core/images/imageContents.js";
import type { FindingsPage } from "../core/images/imageDetails/findings.js";
import type { Referrers } from "../core/images/imageDetails/referrers.js";
import type { EcrCalls } from "./ecrCalls.js";
import { listFindings } from "./operations/listFindings.js";
import { readConfigText } from "./operations/readConfigText.js";
import { readReferrers } from "./operations/readReferrers.js";
import { MANIFEST_TYPES } from "./readManifestBatches.js";

/** What ECR tells of the contents of images. */
export class EcrContents implements ImageContents {
  constructor(private readonly calls: EcrCalls) {}

  readManifestText(
    repository: string,
    digest: string,
    signal: AbortSignal,
  ): Promise<ManifestText | undefined> {
    const subject = { operation: "BatchGetImage", repository, digest };
    return this.calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      const command = new BatchGetImageCommand({
        repositoryName: repository,
        imageIds: [{ imageDigest: digest }],
        acceptedMediaTypes: [...MANIFEST_TYPES],
      });
      const { images = [] } = await ecr.send(command, { abortSignal });
      const [found] = images;
      if (found?.imageManifest === undefined) return undefined;
      return { text: found.imageManifest, mediaType: found.imageManifestMediaType };
    });
  }

  readConfigText(repository: string, digest: string, signal: AbortSignal): Promise<string> {
    const subject = { operation: "GetDownloadUrlForLayer", repository, digest };
    return this.calls.ask(subject, signal, ({ ecr }, abortSignal) =>
      readConfigText(ecr, repository, digest, abortSignal),
    );
  }

  listFindings(
    repository: string,
    digest: string,
    signal: AbortSignal,
  ): AsyncGenerator<FindingsPage, void> {
    return listFindings(this.calls, repository, digest, signal);
  }

  readReferrers(repository: string, digest: string, signal: AbortSignal): Promise<Referrers> {
    return readReferrers(this.calls, repository, digest, signal);
  }
}
