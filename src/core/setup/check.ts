import type { AwsSession } from "../login/awsSession.js";
import type { EngineDescription, EngineDisk } from "../enginePorts.js";
import { asEcrError, EcrError, type Failure } from "../errors.js";
import type { Identity, TagMutability } from "../registry.js";
import type { RunTarget } from "../push/runTarget.js";
import type { NetworkFacts } from "./networkFacts.js";

/** A tag of the last push, and what pushing it again would meet. */
export interface TagFact {
  readonly tag: string;
  readonly state: "free" | "moves" | "locked";
}

/** What each check finds out, by the check's id. */
export interface CheckFacts {
  readonly engine: EngineDescription;
  readonly buildkit: { readonly reasonAgainst: string | undefined };
  readonly disk: EngineDisk;
  readonly identity: Identity & { readonly profile: string | undefined; readonly region: string };
  readonly session: AwsSession & {
    readonly remainingMs: number | undefined;
    /** How long the last push of the Dockerfile took. */
    readonly lastPushMs: number | undefined;
  };
  readonly token: { readonly host: string; readonly remainingMs: number };
  /** Positive where this machine is ahead of AWS. */
  readonly clock: { readonly skewMs: number };
  readonly network: NetworkFacts;
  readonly repository: {
    readonly name: string;
    readonly is: "there" | "made-by-template" | "made-by-push";
    readonly tagMutability: TagMutability | undefined;
  };
  readonly tags: {
    readonly tags: readonly TagFact[];
    /** The next version that no image has; undefined where no tag is a version. */
    readonly nextFree: string | undefined;
  };
  readonly rights: { readonly repository: string };
  readonly platform: {
    readonly runsOn: RunTarget;
    /** None means the engine's own. */
    readonly platforms: readonly string[];
    readonly enginePlatform: string;
  };
  readonly context: {
    readonly files: number;
    readonly bytes: number;
    /** Paths that look like secrets. */
    readonly secrets: readonly string[];
    readonly isLarge: boolean;
  };
}

/** What a check is about. */
export type CheckId = keyof CheckFacts;

/** What came of a check. */
export type Verdict<Id extends CheckId> =
  | { readonly state: "ok" | "note" | "warning"; readonly facts: CheckFacts[Id] }
  | { readonly state: "failed"; readonly failure: Failure; readonly facts?: CheckFacts[Id] }
  /** `late`: no answer in time; `hidden`: nobody tells; `blocked`: another check failed first. */
  | { readonly state: "unknown"; readonly why: "late" | "hidden" | "blocked" };

/** One finished check. */
export type Check = { [Id in CheckId]: { readonly id: Id } & Verdict<Id> }[CheckId];

/** How long a check may take; what has not answered by then keeps nobody waiting. */
const BUDGET_MS = 2_000;

/**
 * Runs one check within its time; a failure is its verdict.
 *
 * Rejects with an `AbortError` when `signal` aborts.
 */
export async function runCheck<Id extends CheckId>(
  id: Id,
  judge: (signal: AbortSignal) => Promise<Verdict<Id>>,
  signal: AbortSignal,
  budgetMs = BUDGET_MS,
): Promise<{ readonly id: Id } & Verdict<Id>> {
  const late = AbortSignal.timeout(budgetMs);
  const stop = AbortSignal.any([signal, late]);
  try {
    return { id, ...(await untilAborted(judge(stop), stop)) };
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return { id, state: "unknown", why: "late" };
    const known = asEcrError(error);
    const failure: Failure =
      known instanceof EcrError ? known.failure : { kind: "unexpected", message: known.message };
    return { id, state: "failed", failure };
  }
}

/** Work that does not hear the signal is left to end unheard. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}
