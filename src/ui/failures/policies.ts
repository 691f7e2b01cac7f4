import { repositoryArn } from "../../core/ecrHost.js";
import type { Failure } from "../../core/errors.js";
import { needsRepositoryPolicy } from "./deniedMessage.js";
import { policyFor, PULL_ACTIONS, PUSH_ACTIONS, repositoryPolicyFor } from "./iamPolicy.js";

/** What somebody lacks: the actions and the resource that a policy has to name. */
export interface LackingGrant {
  readonly actions: readonly string[];
  readonly resource: string | undefined;
  /** Undefined where AWS does not tell it. */
  readonly principal: string | undefined;
}

/** Returns what the owner of an account has to allow; undefined where nobody knows what is missing. */
export function lackingGrant(failure: Failure): LackingGrant | undefined {
  if (failure.kind === "access-denied") {
    const { action, resource, principal, asked } = failure;
    if (action !== undefined) return { actions: [action], resource, principal };
    if (!asked) return undefined;
    const { host, repository, actions } = asked;
    const arn = repositoryArn(host, `${host}/${repository}`);
    return { actions: actions.length > 0 ? actions : PUSH_ACTIONS, resource: arn, principal };
  }
  const isBase = failure.kind === "base-image-denied";
  if (!isBase && failure.kind !== "cache-denied") return undefined;
  if (failure.login?.kind !== "aws") return undefined;
  const { action, principal, host } = failure;
  if (action !== undefined) return { actions: [action], resource: failure.resource, principal };
  const resource = repositoryArn(host, isBase ? failure.image : failure.reference);
  return { actions: isBase ? PULL_ACTIONS : PUSH_ACTIONS, resource, principal };
}

/** Returns the IAM policy that the identity lacks, as JSON. */
export function missingPolicy(failure: Failure): string | undefined {
  const grant = lackingGrant(failure);
  return grant && policyFor(grant.actions, grant.resource);
}

/** Returns the policy that a repository of another account lacks, as JSON. */
export function missingRepositoryPolicy(failure: Failure): string | undefined {
  if (failure.kind !== "access-denied" || !needsRepositoryPolicy(failure)) return undefined;
  const { action, principal } = failure;
  if (action === undefined || principal === undefined) return undefined;
  return repositoryPolicyFor([action], principal);
}
