import * as vscode from "vscode";
import type { Check, CheckId } from "../../core/setup/check.js";
import { filesText } from "../context/contextTexts.js";
import { explain } from "../failures/explain.js";
import { formatBytes, formatSpan } from "../quantities.js";
import { runTargetName } from "../runTargetName.js";
import { mutabilityText, tagsText } from "./repositoryText.js";
import { clockText, networkText, sessionText } from "./awsText.js";

/** More paths than this are counted, not listed. */
const MAX_LISTED = 3;

/** Names what a check is about. */
export function checkTitle(id: CheckId): string {
  const { t } = vscode.l10n;
  const titles: Readonly<Record<CheckId, string>> = {
    engine: t("Docker Engine"),
    buildkit: t("BuildKit"),
    disk: t("Free disk of the engine"),
    identity: t("Identity and account"),
    session: t("AWS session"),
    token: t("Login token"),
    clock: t("Clock"),
    network: t("Proxy and certificates"),
    repository: t("Repository"),
    tags: t("Tags"),
    rights: t("Right to push"),
    platform: t("Platform"),
    context: t("Build context"),
  };
  return titles[id];
}

/** Says in a sentence or two what came of a check. */
export function checkText(check: Check): string {
  const { t } = vscode.l10n;
  if (check.state === "unknown") return unknownText(check.id, check.why);
  if (check.state === "failed") return failedText(check);
  switch (check.id) {
    case "engine": {
      const { name, version, platform, endpoint, chosenBy } = check.facts;
      return t("{0} {1}, {2}, at {3}, chosen by {4}.", name, version, platform, endpoint, chosenBy);
    }
    case "buildkit":
      return check.facts.reasonAgainst === undefined
        ? t("Builds use it: only files that changed travel to the engine.")
        : t("Builds do without it: {0}.", check.facts.reasonAgainst);
    case "disk": {
      const { freeBytes, totalBytes, path } = check.facts;
      const [free, total] = [formatBytes(freeBytes), formatBytes(totalBytes)];
      return check.state === "ok"
        ? t("{0} of {1} at {2}.", free, total, path)
        : t("Only {0} of {1} at {2}. Base images and caches take gigabytes.", free, total, path);
    }
    case "identity": {
      const { arn, accountId, region, profile } = check.facts;
      return profile === undefined
        ? t("{0} in account {1}, region {2}, by the default credentials.", arn, accountId, region)
        : t("{0} in account {1}, region {2}, by profile {3}.", arn, accountId, region, profile);
    }
    case "session":
      return sessionText(check.facts);
    case "token":
      return t("Good at {0} for {1}.", check.facts.host, formatSpan(check.facts.remainingMs));
    case "clock":
      return clockText(check.facts.skewMs);
    case "network":
      return networkText(check.facts);
    case "repository": {
      const { name, is, tagMutability } = check.facts;
      if (is === "made-by-push") return t("{0} is not there; the next push creates it.", name);
      const rule = mutabilityText(tagMutability);
      return is === "there"
        ? t("{0} is there. {1}", name, rule)
        : t("{0} is not there; a creation template makes it with the first image. {1}", name, rule);
    }
    case "tags":
      return tagsText(check.facts);
    case "rights":
      return t(
        "Layers may be sent to {0}. Only a push tells whether an image may be put there.",
        check.facts.repository,
      );
    case "platform": {
      const { runsOn, platforms, enginePlatform } = check.facts;
      const built = platforms.join(", ") || enginePlatform;
      const text =
        runsOn === "anything"
          ? t("{0}, to run anywhere.", built)
          : t("{0}, to run on {1}.", built, runTargetName(runsOn));
      return check.state === "ok"
        ? text
        : t("{0} The engine itself is {1}: steps run in an emulator.", text, enginePlatform);
    }
    case "context": {
      const { files, bytes, secrets, isLarge } = check.facts;
      const amount = t("{0}, {1}.", filesText(files), formatBytes(bytes));
      const large = isLarge ? t("That is more than the setting ecr.contextWarningMB.") : "";
      const found = secrets.length > 0 ? t("Better not sent: {0}.", listed(secrets)) : "";
      return [amount, large, found].filter(Boolean).join(" ");
    }
  }
}

function failedText(check: Extract<Check, { state: "failed" }>): string {
  const { message } = explain(check.failure);
  const next = check.id === "tags" ? check.facts?.nextFree : undefined;
  return next === undefined ? message : vscode.l10n.t("{0} {1} is free.", message, next);
}

function unknownText(id: CheckId, why: "late" | "hidden" | "blocked"): string {
  const { t } = vscode.l10n;
  if (why === "late") return t("No answer in time.");
  if (why === "blocked") return t("Not known until the failure above is mended.");
  if (id === "disk") {
    return t("Not known: the engine runs on another machine, or in a virtual one.");
  }
  if (id === "rights") return t("Not known before the repository is there.");
  return t("Not known: nobody tells.");
}

function listed(names: readonly string[]): string {
  const more = names.length - MAX_LISTED;
  const shown = names.slice(0, MAX_LISTED).join(", ");
  return more > 0 ? vscode.l10n.t("{0} and {1} more", shown, more) : shown;
}
