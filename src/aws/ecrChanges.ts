import {
  DeleteRepositoryCommand,
  PutImageTagMutabilityCommand,
  StartImageScanCommand,
  UpdateImageStorageClassCommand,
} from "@aws-sdk/client-ecr";
import type { TagMutability } from "../core/registry.js";
import type { RegistryChanges, RemovedImages } from "../core/changes/registryChanges.js";
import type { EcrCalls } from "./ecrCalls.js";
import { deleteImages } from "./operations/deleteImages.js";
import { mutabilityInput } from "./operations/mutabilityInput.js";
import { tagImage } from "./operations/tagImage.js";
import { untagImage } from "./operations/untagImage.js";

/** Changes of a registry, made by ECR. */
export class EcrChanges implements RegistryChanges {
  constructor(private readonly calls: EcrCalls) {}

  deleteRepository(repository: string, force: boolean, signal: AbortSignal): Promise<void> {
    const subject = { operation: "DeleteRepository", repository };
    return this.calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      await ecr.send(new DeleteRepositoryCommand({ repositoryName: repository, force }), {
        abortSignal,
      });
    });
  }

  setTagMutability(
    repository: string,
    mutability: TagMutability,
    signal: AbortSignal,
  ): Promise<void> {
    const subject = { operation: "PutImageTagMutability", repository };
    return this.calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      const input = { repositoryName: repository, ...mutabilityInput(mutability) };
      await ecr.send(new PutImageTagMutabilityCommand(input), { abortSignal });
    });
  }

  deleteImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<RemovedImages> {
    return deleteImages(this.calls, repository, digests, signal);
  }

  tagImage(repository: string, digest: string, tag: string, signal: AbortSignal): Promise<void> {
    return tagImage(this.calls, repository, digest, tag, signal);
  }

  untagImage(repository: string, digest: string, tag: string, signal: AbortSignal): Promise<void> {
    return untagImage(this.calls, repository, digest, tag, signal);
  }

  setStorageClass(
    repository: string,
    digest: string,
    target: "archive" | "standard",
    signal: AbortSignal,
  ): Promise<void> {
    const subject = { operation: "UpdateImageStorageClass", repository, digest };
    return this.calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      const command = new UpdateImageStorageClassCommand({
        repositoryName: repository,
        imageId: { imageDigest: digest },
        targetStorageClass: target === "archive" ? "ARCHIVE" : "STANDARD",
      });
      await ecr.send(command, { abortSignal });
    });
  }

  startScan(repository: string, digest: string, signal: AbortSignal): Promise<void> {
    const subject = { operation: "StartImageScan", repository, digest };
    return this.calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      const imageId = { imageDigest: digest };
      await ecr.send(new StartImageScanCommand({ repositoryName: repository, imageId }), {
        abortSignal,
      });
    });
  }
}
