import * as vscode from "vscode";
import type { ImageRefusal } from "../../core/changes/imageRefusal.js";
import { asSentence } from "../asSentence.js";
import { shortDigest } from "../quantities.js";

/** Says why an image stays as it is. */
export function refusalText({ why, indexes, message }: ImageRefusal): string {
  const { t } = vscode.l10n;
  const [index] = indexes;
  switch (why) {
    case "in-index":
      return index === undefined
        ? t("It belongs to an index, which has to be deleted before it.")
        : t("It belongs to the index {0}, which has to be deleted before it.", shortDigest(index));
    case "tag-moved":
      return t("Its tag names another image by now.");
    case "archived":
      return t("It is archived, and ECR can't reach it.");
    case "key":
      return t("The repository's KMS key can't be used: {0}", asSentence(message));
    case "other":
      return t("ECR says: {0}", asSentence(message));
  }
}
