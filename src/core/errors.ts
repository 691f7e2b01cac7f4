import type { AwsFailures } from "./failures/awsFailures.js";
import type { BuildFailures } from "./failures/buildFailures.js";
import type { ChangeFailures } from "./failures/changeFailures.js";
import type { EngineFailures } from "./failures/engineFailures.js";
import type { InputFailures } from "./failures/inputFailures.js";
import type { ProfileFailures } from "./failures/profileFailures.js";
import type { RegistryFailures } from "./failures/registryFailures.js";
import type { RuleFailures } from "./failures/ruleFailures.js";
import type { TerminalFailures } from "./failures/terminalFailures.js";

/**
 * What every failure kind carries: the fields that its sentence needs, and nothing else.
 *
 * Kinds are stable identifiers: they appear in logs and tests, and never change once released.
 */
export interface FailureDetails
  extends
    EngineFailures,
    AwsFailures,
    ProfileFailures,
    RegistryFailures,
    RuleFailures,
    InputFailures,
    BuildFailures,
    ChangeFailures,
    TerminalFailures {
  /** Nobody foresaw this; the cause says more. */
  unexpected: { message: string };
}

/** Every kind of failure that a user can meet. */
export type ErrorKind = keyof FailureDetails;

/** A failure of one of these kinds, with the fields of its kind. */
export type FailureOf<Kind extends ErrorKind> = {
  [K in Kind]: { readonly kind: K } & Readonly<FailureDetails[K]>;
}[Kind];

/** One failure: its kind and the fields of that kind, as a discriminated union. */
export type Failure = FailureOf<ErrorKind>;

/** The one error class of the extension: a failure for the user, and its cause for the log. */
export class EcrError extends Error {
  override readonly name = "EcrError";

  constructor(
    readonly failure: Failure,
    options?: { cause?: unknown },
  ) {
    super(describe(failure), options);
  }
}

/** Tells whether an error says that the work was cancelled rather than that it failed. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Returns the error of a cancelled action, for code that has no signal to ask. */
export function cancellation(): Error {
  return new DOMException("The operation was cancelled", "AbortError");
}

/** Wraps what nobody foresaw, and leaves cancellations and known failures as they are. */
export function asEcrError(error: unknown): Error {
  if (error instanceof EcrError || (error instanceof Error && isCancellation(error))) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new EcrError({ kind: "unexpected", message }, { cause: error });
}

/** A line for logs: kind first, variable parts last, never a secret. */
function describe(failure: Failure): string {
  const { kind, ...details } = failure;
  return `${kind} ${JSON.stringify(details)}`;
}
