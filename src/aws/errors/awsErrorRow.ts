import type { Failure } from "../../core/errors.js";
import type { RawError } from "./rawError.js";

/** What was asked of AWS, for the sentence about its failure. */
export interface AwsCall {
  /** The API's own name of the operation, such as `DescribeImages`. */
  readonly operation: string;
  /** The profile in force; undefined for the default chain. */
  readonly profile: string | undefined;
  readonly region: string;
  /** The host that was asked, once it is known. */
  readonly host?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly repository?: string | undefined;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  /** This machine's time when the answer came. */
  readonly now?: Date;
}

/** One row: which raw errors it is about, where that is written, and what it means. */
export interface AwsErrorRow {
  /** Short and unique, for tests. */
  readonly id: string;
  readonly source: string;
  /** Matches the error's name; without it, any name does. */
  readonly name?: RegExp;
  /** Matches Node's error code; without it, any code does. */
  readonly code?: RegExp;
  /** Matches the message; without it, any message does. */
  readonly text?: RegExp;
  readonly status?: number;
  readonly failure: (raw: RawError, call: AwsCall) => Failure;
  /** What the log gets instead of the error itself, where that may hold a secret. */
  readonly cause?: (raw: RawError) => Error;
}
