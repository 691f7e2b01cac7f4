import { DeleteRepositoryCommand } from "@aws-sdk/client-ecr";
import type { RegistryChanges } from "../core/registryChanges.js";
import type { EcrCalls } from "./ecrCalls.js";

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
}
