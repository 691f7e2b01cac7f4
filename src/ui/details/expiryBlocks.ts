import * as vscode from "vscode";
import type { Expiry } from "../../core/images/imageDetails/expiry.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock } from "../pages/pageModel.js";

/** Shows what the lifecycle policy of the repository would do to an image. */
export function expiryBlocks(expiry: Expiry): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const tried = t("ECR tried the repository's policy out, which changes nothing.");
  const about: PageBlock = { kind: "text", text: tried, tone: "muted" };
  const say = (text: string, tone?: "warning" | "muted"): PageBlock =>
    tone === undefined ? { kind: "text", text } : { kind: "text", text, tone };
  switch (expiry.kind) {
    case "no-policy":
      return [
        say(t("The repository has no lifecycle policy: nothing expires by itself."), "muted"),
      ];
    case "kept":
      return [say(t("No rule of the lifecycle policy would take it now.")), about];
    case "unclear":
      return [
        say(t("The policy would take more images than were looked through for this one.")),
        about,
      ];
    case "goes":
      return [say(goesText(expiry), "warning"), about];
  }
}

function goesText({
  effect,
  rulePriority,
  description,
}: Extract<Expiry, { kind: "goes" }>): string {
  const { t } = vscode.l10n;
  const rule = rulePriority === undefined ? "?" : String(rulePriority);
  const sentence =
    effect === "expire"
      ? t("Rule {0} of the lifecycle policy would delete it at its next run.", rule)
      : t("Rule {0} of the lifecycle policy would archive it at its next run.", rule);
  return description === undefined ? sentence : `${sentence}\n${visibleText(description, 500)}`;
}
