import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import { repositoryAccount, tryParsePrincipal, type Principal } from "../../core/principal.js";
import type { Remedy } from "./remedies.js";

type AccessDenied = FailureOf<"access-denied">;

/** Says who may not do what and which policy decides it, as far as AWS tells. */
export function deniedMessage(failure: AccessDenied): string {
  const { t } = vscode.l10n;
  const { action, resource, principal, because } = failure;
  if (action === undefined) return wordlessMessage(failure);
  const who = principal === undefined ? undefined : tryParsePrincipal(principal);
  const owner = repositoryAccount(resource);
  if (who && owner !== undefined && resource !== undefined && owner !== who.accountId) {
    return because === "no-identity-policy"
      ? t(
          "You are {0} in account {1}; the repository is in account {2}. No policy of yours allows {3} on {4}.",
          principalName(who),
          who.accountId,
          owner,
          action,
          resource,
        )
      : t(
          "You are {0} in account {1}; the repository is in account {2}. Its policy has to allow {3} on {4}.",
          principalName(who),
          who.accountId,
          owner,
          action,
          resource,
        );
  }
  const isEverything = resource === undefined || resource === "*";
  if (who) {
    const sentence = isEverything
      ? t(
          "You are {0} in account {1} and may not do {2}.",
          principalName(who),
          who.accountId,
          action,
        )
      : t(
          "You are {0} in account {1} and may not do {2} on {3}.",
          principalName(who),
          who.accountId,
          action,
          resource,
        );
    return withReason(sentence, because);
  }
  const name = principal ?? t("This identity");
  const sentence = isEverything
    ? t("{0} may not do {1}.", name, action)
    : t("{0} may not do {1} on {2}.", name, action, resource);
  return withReason(sentence, because);
}

/** Returns what helps against it, in the order of the buttons. */
export function remediesForDenied(failure: AccessDenied): readonly Remedy[] {
  const { action, asked } = failure;
  if (action === undefined && asked === undefined) return ["retry"];
  const policies: Remedy[] = [];
  if (needsRepositoryPolicy(failure)) policies.push("copy-repository-policy");
  // Nothing that is allowed lifts what is denied.
  if (failure.because !== "explicit-deny") policies.push("copy-policy");
  return [...policies, "copy-for-admin", "retry"];
}

/** Tells whether the owner of the repository has to allow it as well. */
export function needsRepositoryPolicy({ resource, principal, because }: AccessDenied): boolean {
  const owner = repositoryAccount(resource);
  if (owner === undefined || because === "explicit-deny") return false;
  const who = principal === undefined ? undefined : tryParsePrincipal(principal);
  return because === "no-resource-policy" || (who !== undefined && who.accountId !== owner);
}

/** Names a principal for a sentence: `role Developer`. */
export function principalName({ kind, name }: Principal): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case "role":
      return t("role {0}", name);
    case "user":
      return t("user {0}", name);
    case "federated-user":
      return t("federated user {0}", name);
    case "root":
      return t("the root user");
  }
}

/** Adds which policy decides it, where that it lacks an action does not say it all. */
function withReason(sentence: string, because: AccessDenied["because"]): string {
  const { t } = vscode.l10n;
  switch (because) {
    case "explicit-deny":
      return t("{0} A policy denies it, so allowing it elsewhere does not help.", sentence);
    case "no-resource-policy":
      return t("{0} The repository's policy does not allow it.", sentence);
    case "no-boundary":
      return t("{0} The permissions boundary does not allow it.", sentence);
    case "no-identity-policy":
    case undefined:
      return sentence;
  }
}

function wordlessMessage({ principal, asked }: AccessDenied): string {
  const { t } = vscode.l10n;
  if (asked === undefined) {
    return t("{0} lacks a permission that the push needs.", principal ?? t("This identity"));
  }
  const { host, repository, actions } = asked;
  const lacks = actions.join(", ");
  if (lacks === "") {
    return t(
      "{0} refuses {1} without a word. Mostly a permission is missing; a full repository, and a proxy in between, refuse alike.",
      host,
      repository,
    );
  }
  return actions.includes("ecr:PutImage")
    ? t(
        "{0} refuses the manifest of {1} without a word. Mostly {2} is missing, or the repository holds as many images as it may.",
        host,
        repository,
        lacks,
      )
    : t(
        "{0} refuses {1} without a word. Mostly {2} is missing; a proxy in between may refuse too.",
        host,
        repository,
        lacks,
      );
}
