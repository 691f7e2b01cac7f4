import { GetLifecyclePolicyCommand, LifecyclePolicyNotFoundException } from "@aws-sdk/client-ecr";
import type { RepositoryRules } from "../core/repositoryRules.js";
import type { EcrCalls } from "./ecrCalls.js";

/** The rules of repositories, as ECR keeps them. */
export class EcrRules implements RepositoryRules {
  constructor(private readonly calls: EcrCalls) {}

  readLifecyclePolicy(repository: string, signal: AbortSignal): Promise<string | undefined> {
    const subject = { operation: "GetLifecyclePolicy", repository };
    return this.calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      const command = new GetLifecyclePolicyCommand({ repositoryName: repository });
      try {
        return (await ecr.send(command, { abortSignal })).lifecyclePolicyText;
      } catch (error) {
        if (error instanceof LifecyclePolicyNotFoundException) return undefined;
        throw error;
      }
    });
  }
}
