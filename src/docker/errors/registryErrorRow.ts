import type { Failure } from "../../core/errors.js";

/** What was asked of a registry when it failed. */
export interface RegistryTarget {
  readonly operation: "push" | "pull";
  readonly host: string;
  readonly repository: string;
  readonly tag: string | undefined;
}

/** One row: which words it is about, where they come from, and what they mean. */
export interface RegistryErrorRow {
  /** Short and unique, for tests. */
  readonly id: string;
  readonly pattern: RegExp;
  /** Where the text comes from. */
  readonly source: string;
  /** Rows for one operation only: in the other the same words mean something else. */
  readonly only?: RegistryTarget["operation"];
  readonly toFailure: (match: RegExpExecArray, target: RegistryTarget, message: string) => Failure;
}

/** Writes what was asked for as one reference. */
export function formatTarget({ host, repository, tag }: RegistryTarget): string {
  return `${host}/${repository}${tag ? `:${tag}` : ""}`;
}
