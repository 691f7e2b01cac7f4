import {
  BatchGetRepositoryScanningConfigurationCommand,
  type ECRClient,
  RepositoryNotFoundException,
} from "@aws-sdk/client-ecr";
import { EcrError } from "../../core/errors.js";
import type { ScanSettings } from "../../core/repositories/repositoryRules.js";

/** Asks when images of a repository are scanned; ECR answers for many, with failures beside. */
export async function readScanSettings(
  ecr: ECRClient,
  repository: string,
  abortSignal: AbortSignal,
): Promise<ScanSettings> {
  const command = new BatchGetRepositoryScanningConfigurationCommand({
    repositoryNames: [repository],
  });
  const { scanningConfigurations = [], failures = [] } = await ecr.send(command, { abortSignal });
  const [found] = scanningConfigurations;
  if (found) {
    return {
      frequency: FREQUENCIES[found.scanFrequency ?? "MANUAL"],
      filters: (found.appliedScanFilters ?? []).flatMap(({ filter }) => filter ?? []),
    };
  }
  const [{ failureCode, failureReason: message = "" } = {}] = failures;
  if (failureCode === "REPOSITORY_NOT_FOUND") {
    throw new RepositoryNotFoundException({ message, $metadata: {} });
  }
  const operation = "BatchGetRepositoryScanningConfiguration";
  throw new EcrError({ kind: "aws-failed", operation, message });
}

const FREQUENCIES = {
  SCAN_ON_PUSH: "on-push",
  CONTINUOUS_SCAN: "continuous",
  MANUAL: "manual",
} as const;
