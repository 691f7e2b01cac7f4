import { callerArn, repositoryArn } from "./arn.js";
import { AwsError } from "./awsError.js";
import { isPublic } from "./publicRegistry.js";
import { RateLimiter } from "./rateLimiter.js";
import type { RegistryKey } from "./store.js";

/** How IAM refuses an action. */
export interface Denial {
  /** Whether a policy denies the action, rather than none allowing it. */
  readonly explicit?: boolean;
  /** Whether the registry says 403 with no body at all, as ECR does to some clients. */
  readonly emptyBody?: boolean;
}

/** An answer that operations give instead of their own. */
export interface PlannedFailure {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** How many requests it meets. */
  readonly times: number;
}

/** A 5xx answer to layer uploads, counted from 1 since the fault was set. */
export interface LayerFailure {
  readonly nth: number;
  readonly status: number;
  /** How many uploads fail, the nth included; a retry of a layer is an upload of its own. */
  readonly times: number;
}

/** A connection that ends in the middle of a layer upload. */
export interface LayerCut {
  readonly nth: number;
  readonly afterBytes: number;
  readonly times: number;
}

/** What happens to the bytes of one layer upload. */
export type LayerFate =
  | { readonly kind: "accepted" }
  | { readonly kind: "failed"; readonly status: number }
  | { readonly kind: "cut"; readonly afterBytes: number };

/** Everything that tests have asked to go wrong. */
export class Faults {
  readonly rate = new RateLimiter();
  latencyMs = 0;
  /** Whether every connection breaks off, as with a lost network. */
  isOffline = false;
  readonly #denials = new Map<string, Denial>();
  readonly #failures = new Map<string, PlannedFailure>();
  #layerFailure: LayerFailure | undefined;
  #layerCut: LayerCut | undefined;
  #layersSeen = 0;

  deny(action: string, denial: Denial): void {
    this.#denials.set(operationOf(action), denial);
  }

  /** Makes an operation, or all of the AWS API with `*`, give an answer that is not theirs. */
  fail(operation: string, failure: PlannedFailure): void {
    this.#failures.set(operationOf(operation), failure);
  }

  failLayer(failure: LayerFailure): void {
    this.#layerFailure = failure;
    this.#layersSeen = 0;
  }

  cutLayer(cut: LayerCut): void {
    this.#layerCut = cut;
    this.#layersSeen = 0;
  }

  /** Makes everything work again. */
  reset(): void {
    this.rate.setRate(undefined);
    this.latencyMs = 0;
    this.isOffline = false;
    this.#denials.clear();
    this.#failures.clear();
    this.#layerFailure = undefined;
    this.#layerCut = undefined;
  }

  /** Takes the planned failure of an operation, if there is one left. */
  takeFailure(operation: string): PlannedFailure | undefined {
    const failure = this.#failures.get(operation);
    if (!failure) return undefined;
    const times = failure.times - 1;
    if (times > 0) this.#failures.set(operation, { ...failure, times });
    else this.#failures.delete(operation);
    return failure;
  }

  /** Returns how IAM refuses an operation, or undefined when it does not. */
  denialOf(operation: string): Denial | undefined {
    return this.#denials.get(operation) ?? this.#denials.get("*");
  }

  /** Decides what happens to a layer upload; called once for each. */
  nextLayerFate(): LayerFate {
    this.#layersSeen += 1;
    const failure = this.#layerFailure;
    if (failure && isMet(failure, this.#layersSeen)) {
      return { kind: "failed", status: failure.status };
    }
    const cut = this.#layerCut;
    if (cut && isMet(cut, this.#layersSeen)) return { kind: "cut", afterBytes: cut.afterBytes };
    return { kind: "accepted" };
  }
}

/** Returns AWS' words for a refused action on a repository, or on everything without one. */
export function accessDenied(
  key: RegistryKey,
  operation: string,
  repository: string | undefined,
  { explicit = false }: Denial,
): AwsError {
  const action = `${isPublic(key) ? "ecr-public" : "ecr"}:${operation}`;
  const resource = operation === "GetAuthorizationToken" ? "*" : repositoryArn(key, repository);
  const reason = explicit
    ? "with an explicit deny in an identity-based policy"
    : `because no identity-based policy allows the ${action} action`;
  const text = `User: ${callerArn(key)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  return new AwsError("AccessDeniedException", text);
}

function isMet(fault: { nth: number; times: number }, number: number): boolean {
  return number >= fault.nth && number < fault.nth + fault.times;
}

/** Actions may be written as IAM does, `ecr:PutImage`, or as the API does. */
function operationOf(action: string): string {
  return action.replace(/^ecr:/, "");
}
