import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import type { Remedy } from "./remedies.js";

/** Says which input breaks which rule. */
export function invalidInputMessage(failure: FailureOf<"invalid-input">): string {
  const { field, value, reason } = failure;
  return vscode.l10n.t("“{0}” is no valid {1}: {2}.", value, fieldName(field), reason);
}

function fieldName(field: FailureOf<"invalid-input">["field"]): string {
  const { t } = vscode.l10n;
  switch (field) {
    case "repository":
      return t("repository name");
    case "tag":
      return t("tag");
    case "digest":
      return t("digest");
    case "reference":
      return t("image reference");
    case "region":
      return t("AWS region");
    case "profile":
      return t("AWS profile");
    case "endpoint":
      return t("ECR endpoint");
    case "platform":
      return t("platform");
    case "build-argument":
      return t("build argument");
    case "label":
      return t("label");
    case "host":
      return t("host");
    case "context":
      return t("named context");
    case "cache":
      return t("cache");
    case "tag-pattern":
      return t("tag pattern");
    case "kms-key":
      return t("KMS key");
    case "resource-tag":
      return t("resource tag");
  }
}

/** Names what was chosen for a build, as the beginning of a sentence. */
export function optionName(option: FailureOf<"build-option-invalid">["option"]): string {
  const { t } = vscode.l10n;
  switch (option) {
    case "target":
      return t("The target stage");
    case "secret":
      return t("The secret");
    case "build-argument":
      return t("The build argument");
    case "ssh":
      return t("The SSH agent");
  }
}

/** Returns the remedies of an input that breaks a rule. */
export function remediesForInput(field: FailureOf<"invalid-input">["field"]): Remedy[] {
  if (field === "tag") return ["pick-tag"];
  if (field === "repository") return ["pick-repository"];
  if (field === "endpoint") return ["open-setting"];
  return field === "region" || field === "profile" ? ["choose-registry"] : [];
}
