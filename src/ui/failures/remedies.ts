import * as vscode from "vscode";

/** What a button on a failure can do. */
export type Remedy =
  | "retry"
  | "create-and-push"
  | "pick-tag"
  | "pick-platform"
  | "show-how"
  | "pick-repository"
  | "choose-registry"
  | "sign-in"
  | "push-anyway"
  | "open-dockerfile"
  | "open-file"
  | "build-options"
  | "open-setting"
  | "open-aws-file"
  | "manage-trust"
  | "copy-policy"
  | "copy-repository-policy"
  | "copy-for-admin"
  | "renew-token"
  | "start-docker";

/** What happens when the button of a remedy is pressed; absent remedies get no button. */
export type RemedyActions = Partial<Record<Remedy, () => unknown>>;

/** The label of a remedy's button. */
export function remedyLabel(remedy: Remedy): string {
  switch (remedy) {
    case "retry":
      return vscode.l10n.t("Try Again");
    case "create-and-push":
      return vscode.l10n.t("Create and Push");
    case "pick-tag":
      return vscode.l10n.t("Pick Another Tag");
    case "pick-platform":
      return vscode.l10n.t("Choose Platform");
    case "show-how":
      return vscode.l10n.t("Show How");
    case "pick-repository":
      return vscode.l10n.t("Pick Repository");
    case "choose-registry":
      return vscode.l10n.t("Choose Profile…");
    case "push-anyway":
      return vscode.l10n.t("Push Anyway");
    case "sign-in":
      return vscode.l10n.t("Sign In");
    case "open-dockerfile":
      return vscode.l10n.t("Open Dockerfile");
    case "open-file":
      return vscode.l10n.t("Open File");
    case "build-options":
      return vscode.l10n.t("Choose Options…");
    case "open-setting":
      return vscode.l10n.t("Open Settings");
    case "open-aws-file":
      return vscode.l10n.t("Open File");
    case "manage-trust":
      return vscode.l10n.t("Manage Workspace Trust");
    case "copy-policy":
      return vscode.l10n.t("Copy IAM Policy");
    case "copy-repository-policy":
      return vscode.l10n.t("Copy Repository Policy");
    case "copy-for-admin":
      return vscode.l10n.t("Copy for Admin");
    case "renew-token":
      return vscode.l10n.t("Renew and Try Again");
    case "start-docker":
      return vscode.l10n.t("Start Docker");
  }
}
