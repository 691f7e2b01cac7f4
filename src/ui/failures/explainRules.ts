import * as vscode from "vscode";
import type { PreviewFault, RuleFailures } from "../../core/failures/ruleFailures.js";
import { asSentence } from "../asSentence.js";
import { type Explanations, say } from "./explanation.js";

/** The sentences and remedies of failures with the rules by which a repository keeps images. */
export const ruleExplanations: Explanations<keyof RuleFailures> = {
  "lifecycle-policy-rejected": ({ repository, reason }) =>
    say(
      vscode.l10n.t(
        "ECR does not take this lifecycle policy for {0}: {1}",
        repository,
        asSentence(reason),
      ),
    ),
  "lifecycle-preview-failed": ({ repository, why }) =>
    say(previewMessage(repository, why), "retry"),
  "lifecycle-preview-busy": ({ repository }) =>
    say(
      vscode.l10n.t("ECR is still trying out another lifecycle policy on {0}.", repository),
      "retry",
    ),
};

function previewMessage(repository: string, why: PreviewFault): string {
  const { t } = vscode.l10n;
  switch (why) {
    case "gave-up":
      return t("ECR could not tell what the lifecycle policy would do to {0}.", repository);
    case "replaced":
      return t("Somebody tried out another lifecycle policy on {0} meanwhile.", repository);
    case "too-slow":
      return t("ECR has not told yet what the lifecycle policy would do to {0}.", repository);
  }
}
