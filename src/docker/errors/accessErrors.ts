import { denialReason } from "../../core/denialReason.js";
import type { Failure } from "../../core/errors.js";
import type { DenialReason } from "../../core/failures/denied.js";
import { ENDED_LOGIN, REFUSED_LOGIN } from "../../core/login/loginRefusal.js";
import { formatTarget, type RegistryErrorRow } from "./registryErrorRow.js";
import { DISTRIBUTION_CLIENT, DISTRIBUTION_CODES, ERRORS_GUIDE, MOBY_PULL } from "./sources.js";
import { refused } from "./wordlessRefusal.js";

/** Refusals with words: IAM's, and those about the login. */
export const SPOKEN_ACCESS_ERRORS: readonly RegistryErrorRow[] = [
  {
    id: "token-expired",
    pattern: ENDED_LOGIN,
    source: "https://github.com/aws/aws-cli/issues/6580",
    toFailure: (_, { host }) => ({ kind: "token-expired", host }),
  },
  {
    id: "denied-with-words",
    pattern:
      /User: (\S+) is not authorized to perform: (\S+?)(?: on resource: (\S+?))?(?:[\s,;]|$)/i,
    source: ERRORS_GUIDE,
    toFailure: ([, principal, action, resource], _, message): Failure => ({
      kind: "access-denied",
      action,
      resource,
      principal,
      ...reasonOf(message),
    }),
  },
];

/** Refusals that name no action. */
export const VAGUE_ACCESS_ERRORS: readonly RegistryErrorRow[] = [
  {
    // Docker Hub's words for what is not there and for what is private alike.
    id: "hub-hides-image",
    pattern: /insufficient_scope|requested access to the resource is denied/i,
    source: "https://distribution.github.io/distribution/spec/auth/token/#unauthorized-errors",
    only: "pull",
    toFailure: (_, target) => ({ kind: "image-not-found", reference: formatTarget(target) }),
  },
  {
    // Before `access denied`, which the containerd image store puts in front of these words.
    id: "unauthorized",
    pattern: REFUSED_LOGIN,
    source: ERRORS_GUIDE,
    toFailure: (_, { host }) => ({ kind: "registry-unauthorized", host }),
  },
];

/** Refusals without a word, after all that says more. */
export const WORDLESS_ACCESS_ERRORS: readonly RegistryErrorRow[] = [
  {
    // ECR answers HEAD with 403 and no body, so nothing tells which permission is missing.
    id: "denied-without-words",
    pattern: /http 403 response body|unexpected status .*\b403\b|403 \(?forbidden|statuscode: 403/i,
    source: DISTRIBUTION_CLIENT,
    toFailure: (_, target, message) => refused(target, message),
  },
  {
    id: "denied-push",
    pattern: /(?:^|: )denied: |access denied|access to the resource is denied/i,
    source: DISTRIBUTION_CODES,
    only: "push",
    toFailure: (_, target, message) => refused(target, message),
  },
  {
    id: "denied-pull",
    pattern: /: denied: /i,
    source: MOBY_PULL,
    only: "pull",
    toFailure: (_, target, message) => refused(target, message),
  },
];

function reasonOf(message: string): { because?: DenialReason } {
  const because = denialReason(message);
  return because === undefined ? {} : { because };
}
