import { AWS_ERRORS } from "../../src/aws/errors/awsErrorTable.js";
import { findRegistryRow } from "../../src/docker/errors/registryFailure.js";
import { REGISTRY_ERRORS } from "../../src/docker/errors/registryErrorTable.js";
import { recordedErrors, recordedWords, type RecordedWords } from "./recordedWords.js";

/** One row of an adapter's table of errors. */
export interface CatalogueRow {
  readonly adapter: "aws" | "docker";
  readonly id: string;
  readonly source: string;
  /** How many recorded errors lead to it. */
  readonly recorded: number;
}

/** Lists the rows of every adapter's table, with the recorded errors that lead to each. */
export function catalogueRows(): readonly CatalogueRow[] {
  const words = recordedWords.map((recorded) =>
    findRegistryRow(recorded.message, targetOf(recorded)),
  );
  return [
    ...AWS_ERRORS.map(({ id, source }) => ({
      adapter: "aws" as const,
      id,
      source,
      recorded: recordedErrors.filter(({ row }) => row === id).length,
    })),
    ...REGISTRY_ERRORS.map((row) => ({
      adapter: "docker" as const,
      id: row.id,
      source: row.source,
      recorded: words.filter((found) => found === row).length,
    })),
  ];
}

/** What was asked of the registry when the words were recorded. */
export function targetOf({ operation }: Pick<RecordedWords, "operation">): {
  operation: "push" | "pull";
  host: string;
  repository: string;
  tag: string;
} {
  return { operation, host: "registry.example:5000", repository: "team/app", tag: "v1" };
}
