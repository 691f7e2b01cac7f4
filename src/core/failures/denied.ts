/** Who may not do what, as far as a registry tells. */
export interface Denied {
  action: string | undefined;
  resource: string | undefined;
  principal: string | undefined;
  /** Which kind of policy stands in the way, where AWS tells it. */
  because?: DenialReason;
  /** AWS's own number of the request, for whoever looks into it. */
  requestId?: string;
  /** What was asked for, where the refusal itself holds no word. */
  asked?: AskedOfRegistry;
}

/**
 * The policy that a refusal is about: the tail of AWS's sentence.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export type DenialReason =
  "no-identity-policy" | "no-resource-policy" | "no-boundary" | "explicit-deny";

/** One request to a registry, as far as an engine's words name it. */
export interface AskedOfRegistry {
  /** The registry's host. */
  host: string;
  repository: string;
  /** The IAM actions that the request may have lacked; empty where nobody knows. */
  actions: readonly string[];
}
