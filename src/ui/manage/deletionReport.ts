import * as vscode from "vscode";
import type { DeletionAccount } from "../../core/changes/deleteImages.js";
import type { PlannedImage } from "../../core/changes/deletionPlan.js";
import { formatBytes, shortDigest } from "../quantities.js";
import { isIndex } from "../../core/registry.js";
import { imageName } from "./imageName.js";
import { refusalText } from "./refusalText.js";
import { type KeptImage, offerReasons } from "./keptImages.js";

/** Says what a deletion came to, to the image; who wants to know why some stay can read it. */
export async function reportDeletion(repository: string, account: DeletionAccount): Promise<void> {
  const text = accountText(repository, account);
  const kept = account.refused.map(({ planned, refusal }): KeptImage => {
    const { image } = planned;
    const reason = refusalText(refusal);
    return { name: imageName(image), digest: shortDigest(image.digest), reason };
  });
  if (kept.length > 0) await offerReasons(text, kept);
  else if (account.end?.kind === "complete") void vscode.window.showInformationMessage(text);
  else void vscode.window.showWarningMessage(text);
}

/** The exact account of a deletion, in sentences. */
export function accountText(repository: string, account: DeletionAccount): string {
  const { t } = vscode.l10n;
  const { deleted, gone, refused, unsure, left, end } = account;
  const sentences = [
    deletedText(repository, deleted),
    gone.length === 0 ? undefined : t("{0} had been deleted before.", gone.length),
    refused.length === 0 ? undefined : refusedText(account),
    unsure.length === 0
      ? undefined
      : t("Whether {0} more are gone is not known, as no answer came.", unsure.length),
    left.length === 0
      ? undefined
      : end?.kind === "cancelled"
        ? t("Cancelled: {0} stay.", left.length)
        : t("{0} stay.", left.length),
  ];
  return sentences.filter((sentence) => sentence !== undefined).join(" ");
}

function deletedText(repository: string, deleted: readonly PlannedImage[]): string {
  const { t } = vscode.l10n;
  const chosen = deleted.filter(({ role }) => role === "chosen");
  const [only] = chosen;
  const bytes = deleted
    .filter(({ image }) => !isIndex(image))
    .reduce((sum, { image }) => sum + (image.sizeBytes ?? 0), 0);
  if (!only) return t("No image of {0} was deleted.", repository);
  if (chosen.length > 1) {
    return t(
      "{0} images of {1} deleted (up to {2}).",
      chosen.length,
      repository,
      formatBytes(bytes),
    );
  }
  return t("{0} of {1} deleted.", imageName(only.image), repository);
}

function refusedText({ refused }: DeletionAccount): string {
  const { t } = vscode.l10n;
  const [only] = refused;
  if (refused.length > 1 || !only) return t("ECR kept {0}.", refused.length);
  return t("{0} stays: {1}", imageName(only.planned.image), refusalText(only.refusal));
}
