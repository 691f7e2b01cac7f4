import { readFileSync } from "node:fs";
import type { Failure } from "../../src/core/errors.js";

/** What an engine says about a registry. */
export interface RecordedWords {
  /** What was wrong; the same for each engine. */
  readonly situation: string;
  /** The engine and its image store, or where else the words come from. */
  readonly engine: string;
  readonly operation: "push" | "pull";
  readonly message: string;
}

/** One raw error as the SDK throws it, and the failure that it means. */
export interface RecordedError {
  /** The id of the table's row that it is for; null when none knows it. */
  readonly row: string | null;
  readonly title: string;
  readonly raw: {
    readonly name: string;
    readonly message: string;
    readonly status?: number;
    readonly [field: string]: string | number | undefined;
  };
  readonly expected: Failure;
}

/** The words of engines, recorded or read in their sources. */
export const recordedWords = read("docker/registryWords.json") as readonly RecordedWords[];

/** The errors of AWS's SDK and of AWS. */
export const recordedErrors = read("aws/errors.json") as readonly RecordedError[];

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8"));
}
