import * as vscode from "vscode";
import { tryParseRepositoryPolicy } from "../../core/repositories/repositoryPolicy/parseRepositoryPolicy.js";
import {
  type AccessLevel,
  type PrincipalAccess,
  readPolicyAccess,
} from "../../core/repositories/repositoryPolicy/policyAccess.js";
import type { PolicyPrincipal } from "../../core/repositories/repositoryPolicy/policyStatement.js";
import type { PageBlock } from "../pages/pageModel.js";

/** The action of the button that copies the policy. */
export const COPY_POLICY_ACTION = "copyPolicy";

/** Says in words whom a repository policy lets do what, with the policy itself below. */
export function accessBlocks(policy: string | undefined): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (policy === undefined) {
    return [
      text(
        t(
          "No repository policy. Only identities of this account may use the repository, as far as their own policies let them.",
        ),
      ),
    ];
  }
  const read = tryParseRepositoryPolicy(policy);
  if (!read) return [text(t("The policy makes no sense to this page."), "warning"), raw(policy)];
  const access = readPolicyAccess(read);
  return [
    ...warnings(access, read.unreadable).map((warning) => text(warning, "warning")),
    accessTable(access),
    text(
      t(
        "Identities of this account may do more by their own policies. Those of other accounts need their own policies as well.",
      ),
      "muted",
    ),
    { kind: "buttons", buttons: [{ action: COPY_POLICY_ACTION, label: t("Copy Policy") }] },
    raw(policy),
  ];
}

function warnings(access: readonly PrincipalAccess[], unreadable: number): readonly string[] {
  const { t } = vscode.l10n;
  const found: string[] = [];
  for (const { principal, except, push, pull, change } of access) {
    const who = principalText(principal, except);
    if (principal.kind === "everyone") {
      if (isOpen(change)) found.push(t("{0} may delete images or change the repository.", who));
      if (isOpen(push)) found.push(t("{0} may push.", who));
      if (isOpen(pull)) found.push(t("{0} may pull.", who));
    }
    if (push === "partly") {
      found.push(t("{0} may do a part of a push only, so that each fails half-way.", who));
    }
    if (pull === "partly") {
      found.push(t("{0} may do a part of a pull only, so that each fails half-way.", who));
    }
    if (principal.kind === "deleted") {
      found.push(t("{0} was deleted from IAM, and its line does nothing.", who));
    }
  }
  if (unreadable > 0) {
    found.push(
      unreadable === 1
        ? t("1 statement makes no sense to this page, and may decide otherwise.")
        : t("{0} statements make no sense to this page, and may decide otherwise.", unreadable),
    );
  }
  return found;
}

function isOpen(level: AccessLevel): boolean {
  return level === "yes" || level === "partly";
}

function accessTable(access: readonly PrincipalAccess[]): PageBlock {
  const { t } = vscode.l10n;
  return {
    kind: "table",
    id: "access",
    caption: t("Who may push, pull and change"),
    columns: [
      { title: t("Who"), isData: true, isWide: true },
      { title: t("Push"), isShort: true },
      { title: t("Pull"), isShort: true },
      { title: t("Change"), isShort: true },
      { title: t("Conditions on"), isData: true },
    ],
    rows: access.map(({ principal, except, push, pull, change, conditionKeys }) => [
      principalText(principal, except),
      levelText(push),
      levelText(pull),
      levelText(change),
      conditionKeys.join(", "),
    ]),
  };
}

function principalText(
  principal: PolicyPrincipal,
  except: readonly PolicyPrincipal[] = [],
): string {
  const { t } = vscode.l10n;
  switch (principal.kind) {
    case "everyone":
      return except.length === 0
        ? t("Everyone with an AWS account")
        : t(
            "Everyone with an AWS account but {0}",
            except.map((one) => principalText(one)).join(", "),
          );
    case "account":
      return t("Account {0}", principal.accountId);
    case "identity":
      return principal.arn;
    case "service":
    case "other":
      return principal.name;
    case "deleted":
      return principal.id;
  }
}

function levelText(level: AccessLevel): string {
  const { t } = vscode.l10n;
  switch (level) {
    case "yes":
      return t("yes");
    case "no":
      return t("no");
    case "partly":
      return t("in part");
    case "with-conditions":
      return t("with conditions");
  }
}

function text(words: string, tone?: "muted" | "warning"): PageBlock {
  return { kind: "text", text: words, ...(tone && { tone }) };
}

function raw(policy: string): PageBlock {
  const name = vscode.l10n.t("Policy");
  return {
    kind: "facts",
    caption: name,
    facts: [{ name, values: [pretty(policy)], isData: true }],
  };
}

function pretty(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), undefined, 2);
  } catch {
    return policy;
  }
}
