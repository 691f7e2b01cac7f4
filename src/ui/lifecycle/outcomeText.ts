import * as vscode from "vscode";
import type { LifecycleEffect } from "../../core/repositories/lifecycle/lifecyclePreview.js";
import { formatBytes, formatShortAge, shortDigest } from "../quantities.js";
import { outcomeBytes, type PolicyOutcome } from "./readOutcome.js";

/** More images than this are counted, not named. */
const MAX_NAMED = 5;

/** Says in one sentence what a policy would do: `12 images (3.4 GB) would expire.` */
export function outcomeText(outcome: PolicyOutcome): string {
  const { t } = vscode.l10n;
  const { expiring, archiving } = outcome;
  const expire = amount(expiring, outcomeBytes(outcome, "expire"));
  const archive = amount(archiving, outcomeBytes(outcome, "archive"));
  if (expiring > 0 && archiving > 0) {
    return t("{0} would expire, and {1} would be archived.", expire, archive);
  }
  if (expiring > 0) return t("{0} would expire.", expire);
  return archiving > 0 ? t("{0} would be archived.", archive) : t("No image would expire now.");
}

/** Says which images a policy would meet first, and when. */
export function outcomeDetail(repository: string, { effects }: PolicyOutcome): string {
  const { t } = vscode.l10n;
  const lines = effects.slice(0, MAX_NAMED).map((effect) => effectText(effect, new Date()));
  const more = effects.length - MAX_NAMED;
  return [
    ...lines,
    ...(more > 0 ? [t("and {0} more", more)] : []),
    ...(effects.length > 0 ? [""] : []),
    t(
      "ECR applies the policy to {0} within 24 hours. Expired images can't be restored.",
      repository,
    ),
  ].join("\n");
}

/** Names an image that a policy would meet. */
function effectText(effect: LifecycleEffect, now: Date): string {
  const { tags, digest, pushedAt } = effect;
  const name = tags.length > 0 ? tags.join(", ") : shortDigest(digest);
  return pushedAt ? `${name} · ${formatShortAge(pushedAt, now)}` : name;
}

function amount(images: number, bytes: number): string {
  const { t } = vscode.l10n;
  const count = images === 1 ? t("1 image") : t("{0} images", images);
  return bytes > 0 ? t("{0} ({1})", count, formatBytes(bytes)) : count;
}
