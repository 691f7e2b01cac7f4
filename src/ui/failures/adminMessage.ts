import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import { tryParsePrincipal } from "../../core/principal.js";
import { principalName } from "./deniedMessage.js";
import { explain } from "./explain.js";
import { lackingGrant, missingPolicy, missingRepositoryPolicy } from "./policies.js";

/**
 * Returns what somebody who may change the account needs to know, ready to send: who asked for
 * what, when, and the policy that would allow it; undefined where an admin can't help.
 */
export function adminMessage(failure: Failure, at: Date): string | undefined {
  const grant = lackingGrant(failure);
  if (!grant && failure.kind !== "limit-exceeded") return undefined;
  const { t } = vscode.l10n;
  const requestId = "requestId" in failure ? failure.requestId : undefined;
  const policy = missingPolicy(failure);
  const repositoryPolicy = missingRepositoryPolicy(failure);
  const isDenied = "because" in failure && failure.because === "explicit-deny";
  const lines = [
    explain(failure).message,
    "",
    ...(grant?.principal === undefined ? [] : [t("Who: {0}", describePrincipal(grant.principal))]),
    ...(grant ? [t("Action: {0}", grant.actions.join(", "))] : []),
    ...(grant?.resource === undefined ? [] : [t("Resource: {0}", grant.resource)]),
    t("When: {0} (UTC)", at.toISOString().replace("T", " ").slice(0, 19)),
    ...(requestId === undefined ? [] : [t("Request of AWS: {0}", requestId)]),
    ...(policy === undefined || isDenied ? [] : ["", t("IAM policy that allows it:"), policy]),
    ...(repositoryPolicy === undefined
      ? []
      : ["", t("Policy of the repository that allows it:"), repositoryPolicy]),
  ];
  return `${lines.join("\n")}\n`;
}

function describePrincipal(arn: string): string {
  const who = tryParsePrincipal(arn);
  return who
    ? vscode.l10n.t("{0} ({1} in account {2})", arn, principalName(who), who.accountId)
    : arn;
}
