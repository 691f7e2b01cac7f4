import * as vscode from "vscode";
import type { ChangeFailures } from "../../core/failures/changeFailures.js";
import { asSentence } from "../asSentence.js";
import { type Explanations, say } from "./explanation.js";

/** The sentences and remedies of failures to change what a registry holds. */
export const changeExplanations: Explanations<keyof ChangeFailures> = {
  "repository-not-empty": (failure) =>
    say(vscode.l10n.t("{0} holds images, so ECR did not delete it.", failure.repository), "retry"),
  "image-in-index": (failure) =>
    say(
      vscode.l10n.t(
        "{0} belongs to an index, which has to be deleted before it.",
        failure.reference,
      ),
    ),
  "image-archived": (failure) =>
    say(
      vscode.l10n.t("{0} is archived. Restore it first, which takes minutes.", failure.reference),
      "retry",
    ),
  "tag-moved": (failure) =>
    say(
      vscode.l10n.t(
        "{0}:{1} names another image by now, so nothing was changed.",
        failure.repository,
        failure.tag,
      ),
    ),
  "last-tag": (failure) =>
    say(
      vscode.l10n.t(
        "{0}:{1} is the only tag of its image, and ECR deletes an image with its last tag.",
        failure.repository,
        failure.tag,
      ),
    ),
  "kms-key-unusable": (failure) =>
    say(
      vscode.l10n.t(
        "ECR can't use the KMS key of {0}: {1}",
        failure.repository,
        asSentence(failure.message),
      ),
      "retry",
      "show-how",
    ),
  "scan-unsupported": (failure) =>
    say(
      vscode.l10n.t(
        "ECR can't scan {0}: it scans images of one platform, and not every kind of those.",
        failure.reference,
      ),
      "show-how",
    ),
  "scan-limit": (failure) =>
    say(
      vscode.l10n.t(
        "{0} was scanned in the last 24 hours, and ECR scans an image once a day.",
        failure.reference,
      ),
    ),
  "scan-not-on-demand": (failure) =>
    say(
      vscode.l10n.t(
        "{0} can't be scanned on demand: its registry scans by itself, with Amazon Inspector.",
        failure.reference,
      ),
      "show-how",
    ),
  "storage-class-refused": (failure) =>
    say(
      vscode.l10n.t(
        "ECR does not move {0}: it is in that storage class already, or on its way between them.",
        failure.reference,
      ),
    ),
  "image-change-refused": (failure) =>
    say(
      vscode.l10n.t("ECR did not change {0}: {1}", failure.reference, asSentence(failure.message)),
      "retry",
    ),
  "console-missing": (failure) =>
    say(vscode.l10n.t("The AWS console has no page for the registry {0}.", failure.host)),
};
