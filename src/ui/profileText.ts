import * as vscode from "vscode";
import type { DefaultCredentials, Profile } from "../core/ports.js";

/** Says what a profile is, whose account it leads to, and where: `role deploy via base · MFA · …`. */
export function profileText(profile: Profile, accountId: string | undefined): string {
  return [
    sourceText(profile),
    profile.hasMfa === true ? vscode.l10n.t("MFA") : undefined,
    // In one piece, so that typing it finds the row.
    accountId,
    profile.region,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Says what keeps a profile from use, for a row. */
export function flawText(flaw: NonNullable<Profile["flaw"]>["flaw"]): string {
  const { t } = vscode.l10n;
  switch (flaw) {
    case "space":
      return t("can't be used: its name holds a space");
    case "character":
      return t("can't be used: its name holds a character that the AWS SDK does not read");
    case "prefix-missing":
      return t("can't be used: its section lacks the word profile");
    case "prefix-extra":
      return t("can't be used: its section has the word profile, which belongs in the config file");
  }
}

/** Says what the default credentials are on this host, as far as that is known without a request. */
export function defaultText(found: DefaultCredentials): string {
  const { t } = vscode.l10n;
  switch (found.kind) {
    case "profile":
      return found.isFromEnvironment
        ? t("profile {0}, which AWS_PROFILE names", found.profile)
        : t("profile {0}", found.profile);
    case "environment":
      return t("access keys of the environment");
    case "web-identity":
      return t("web identity of the environment");
    case "container":
      return t("the container's role");
    case "instance":
      return t("the instance's role, if this host has one");
    case "none":
      return t("none on this host");
  }
}

function sourceText({ source, role, via }: Profile): string {
  const { t } = vscode.l10n;
  switch (source) {
    case "keys":
      return t("access keys");
    case "sso":
      return [t("IAM Identity Center"), role].filter(Boolean).join(" · ");
    case "role":
      return role === undefined
        ? t("role via {0}", viaText(via))
        : t("role {0} via {1}", role, viaText(via));
    case "process":
      return t("credential process");
    case "web-identity":
      return [t("web identity"), role].filter(Boolean).join(" · ");
    case "login":
      return t("AWS login");
    case "other":
      return "";
  }
}

/** Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
function viaText(via = ""): string {
  const { t } = vscode.l10n;
  if (via === "Ec2InstanceMetadata") return t("the instance's role");
  if (via === "EcsContainer") return t("the container's role");
  return via === "Environment" ? t("the environment") : via;
}
