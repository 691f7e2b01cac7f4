import * as vscode from "vscode";
import type { ContextAmount, ContextContents } from "../../core/context/contextContents.js";
import type { FindingReason } from "../../core/context/contextFinding.js";
import { formatBytes } from "../quantities.js";

/** More instructions than this are not named. */
const MAX_NAMED = 2;

/** Sums a context up: `14,201 files · 512 MB · sent by COPY .`. */
export function contextSummary(contents: ContextContents): string {
  return [amountText(contents), sentByText(contents)].join(" · ");
}

/** Says how much it is: `14,201 files · 512 MB`. */
export function amountText({ files, bytes }: ContextAmount): string {
  return [filesText(files), formatBytes(bytes)].join(" · ");
}

/** Counts files: `14,201 files`. */
export function filesText(files: number): string {
  return files === 1
    ? vscode.l10n.t("1 file")
    : vscode.l10n.t("{0} files", files.toLocaleString(vscode.env.language));
}

/** Says what share of the whole some bytes are: `76 %`; empty for what hardly counts. */
export function shareText(bytes: number, whole: number): string {
  const percent = Math.round((bytes / Math.max(whole, 1)) * 100);
  return percent < 1 ? "" : vscode.l10n.t("{0} %", percent);
}

/** Says why something is better not sent. */
export function findingText(why: FindingReason): string {
  const { t } = vscode.l10n;
  switch (why) {
    case "environment-file":
      return t("environment file, often with passwords");
    case "private-key":
      return t("private key");
    case "credentials":
      return t("credentials");
    case "git-history":
      return t("git history, with all that was ever committed");
    case "virtual-environment":
      return t("Python environment of this machine");
    case "packages":
      return t("packages of this machine, better installed by the build");
  }
}

/** Says in a word or two why something is better not sent, for a row. */
export function findingLabel(why: FindingReason): string {
  const { t } = vscode.l10n;
  switch (why) {
    case "environment-file":
      return t("environment file");
    case "private-key":
      return t("private key");
    case "credentials":
      return t("credentials");
    case "git-history":
      return t("git history");
    case "virtual-environment":
      return t("Python environment");
    case "packages":
      return t("packages");
  }
}

/** The icon that tells findings apart without colour. */
export function findingIcon(why: FindingReason): vscode.ThemeIcon {
  const icons: Readonly<Record<FindingReason, string>> = {
    "environment-file": "lock",
    "private-key": "key",
    credentials: "key",
    "git-history": "source-control",
    "virtual-environment": "package",
    packages: "package",
  };
  return new vscode.ThemeIcon(icons[why]);
}

function sentByText({ isWhole, sentBy }: ContextContents): string {
  const { t } = vscode.l10n;
  if (isWhole) return t("the engine takes the whole context");
  const [...named] = sentBy.slice(0, MAX_NAMED);
  if (named.length === 0) return t("no instruction copies from it");
  const more = sentBy.length - named.length;
  const names = named.join(", ");
  return more > 0 ? t("sent by {0} and {1} more", names, more) : t("sent by {0}", names);
}
