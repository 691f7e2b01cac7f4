import {
  DeleteLifecyclePolicyCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  LifecyclePolicyNotFoundException,
  PutLifecyclePolicyCommand,
  RepositoryPolicyNotFoundException,
  StartLifecyclePolicyPreviewCommand,
} from "@aws-sdk/client-ecr";
import type { PreviewLook } from "../core/repositories/lifecycle/lifecyclePreview.js";
import type { RepositoryRules, ScanSettings } from "../core/repositories/repositoryRules.js";
import type { AwsClients } from "./awsClients.js";
import type { EcrCalls } from "./ecrCalls.js";
import { lookAtLifecyclePreview } from "./operations/lifecyclePreviews.js";
import { readScanSettings } from "./operations/scanSettings.js";

/** The rules of repositories, as ECR keeps them. */
export class EcrRules implements RepositoryRules {
  constructor(private readonly calls: EcrCalls) {}

  readLifecyclePolicy(repository: string, signal: AbortSignal): Promise<string | undefined> {
    const command = new GetLifecyclePolicyCommand({ repositoryName: repository });
    return this.#ask("GetLifecyclePolicy", repository, signal, async (ecr, abortSignal) => {
      try {
        return (await ecr.send(command, { abortSignal })).lifecyclePolicyText;
      } catch (error) {
        if (error instanceof LifecyclePolicyNotFoundException) return undefined;
        throw error;
      }
    });
  }

  putLifecyclePolicy(repository: string, policy: string, signal: AbortSignal): Promise<void> {
    const input = { repositoryName: repository, lifecyclePolicyText: policy };
    return this.#ask("PutLifecyclePolicy", repository, signal, async (ecr, abortSignal) => {
      await ecr.send(new PutLifecyclePolicyCommand(input), { abortSignal });
    });
  }

  deleteLifecyclePolicy(repository: string, signal: AbortSignal): Promise<void> {
    const command = new DeleteLifecyclePolicyCommand({ repositoryName: repository });
    return this.#ask("DeleteLifecyclePolicy", repository, signal, async (ecr, abortSignal) => {
      try {
        await ecr.send(command, { abortSignal });
      } catch (error) {
        if (!(error instanceof LifecyclePolicyNotFoundException)) throw error;
      }
    });
  }

  startLifecyclePreview(repository: string, policy: string, signal: AbortSignal): Promise<void> {
    const input = { repositoryName: repository, lifecyclePolicyText: policy };
    return this.#ask("StartLifecyclePolicyPreview", repository, signal, async (ecr, stop) => {
      await ecr.send(new StartLifecyclePolicyPreviewCommand(input), { abortSignal: stop });
    });
  }

  lookAtLifecyclePreview(
    repository: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<PreviewLook> {
    return this.#ask("GetLifecyclePolicyPreview", repository, signal, (ecr, abortSignal) =>
      lookAtLifecyclePreview(ecr, repository, nextToken, abortSignal),
    );
  }

  readRepositoryPolicy(repository: string, signal: AbortSignal): Promise<string | undefined> {
    const command = new GetRepositoryPolicyCommand({ repositoryName: repository });
    return this.#ask("GetRepositoryPolicy", repository, signal, async (ecr, abortSignal) => {
      try {
        return (await ecr.send(command, { abortSignal })).policyText;
      } catch (error) {
        if (error instanceof RepositoryPolicyNotFoundException) return undefined;
        throw error;
      }
    });
  }

  readScanSettings(repository: string, signal: AbortSignal): Promise<ScanSettings> {
    const operation = "BatchGetRepositoryScanningConfiguration";
    return this.#ask(operation, repository, signal, (ecr, abortSignal) =>
      readScanSettings(ecr, repository, abortSignal),
    );
  }

  #ask<T>(
    operation: string,
    repository: string,
    signal: AbortSignal,
    work: (ecr: AwsClients["ecr"], abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.calls.ask({ operation, repository }, signal, ({ ecr }, abortSignal) =>
      work(ecr, abortSignal),
    );
  }
}
