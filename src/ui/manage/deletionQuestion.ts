import * as vscode from "vscode";
import type { HeldImage, PlannedImage } from "../../core/changes/deletionPlan.js";
import { asEcrError, EcrError } from "../../core/errors.js";
import type { PreparedDeletion } from "../../core/changes/prepareDeletion.js";
import { type Image, isIndex } from "../../core/registry.js";
import { explain } from "../failures/explain.js";
import { formatBytes, shortDigest } from "../quantities.js";
import { fullImageName, imageLine, imageName } from "./imageName.js";

/** A question reads well up to this many images by name. */
const MAX_LINES = 10;

/** What is asked before images are deleted. */
export interface DeletionQuestion {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
}

/** Says what a deletion would take of one repository, to be agreed to. */
export function deletionQuestion(
  repository: string,
  { plan, gone, unread }: PreparedDeletion,
): DeletionQuestion {
  const { t } = vscode.l10n;
  const planned = plan.waves.flat();
  const chosen = planned.filter(({ role }) => role === "chosen").map(({ image }) => image);
  const parts = planned.filter(({ role }) => role === "part");
  const [only] = chosen;
  const isOne = chosen.length === 1 && only !== undefined;
  const lines = [
    ...(isOne ? aboutOne(only) : aboutMany(chosen, sizeOf(planned))),
    parts.length === 0 ? undefined : partsText(parts.length, isOne),
    ...plan.held.map(heldText),
    gone.length === 0 ? undefined : goneText(gone),
    unread === undefined ? undefined : unreadText(unread),
    t("Deleted images can't be brought back."),
  ];
  return {
    message: isOne
      ? t("Delete {0}?", fullImageName(repository, only))
      : t("Delete {0} images of {1}?", chosen.length, repository),
    detail: lines.filter((line) => line !== undefined).join("\n"),
    button: isOne ? t("Delete") : t("Delete {0} Images", chosen.length),
  };
}

/** Says why an image can't be deleted: an index that stays holds it. */
export function heldText({ image, index }: HeldImage): string {
  return vscode.l10n.t(
    "{0} stays: it belongs to the index {1}, which has to be deleted before it.",
    imageName(image),
    shortDigest(index),
  );
}

/** Says that images are not there any more. */
export function goneText(gone: readonly Image[]): string {
  const [first] = gone;
  return gone.length === 1 && first
    ? vscode.l10n.t("{0} is not there any more.", imageName(first))
    : vscode.l10n.t("{0} images are not there any more.", gone.length);
}

function aboutOne(image: Image): readonly (string | undefined)[] {
  const { digest, tags, sizeBytes } = image;
  return [
    shortDigest(digest),
    tags.length > 1 ? vscode.l10n.t("All its tags go: {0}", imageName(image)) : undefined,
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes),
  ];
}

function aboutMany(images: readonly Image[], bytes: number): readonly (string | undefined)[] {
  const { t } = vscode.l10n;
  const hidden = images.length - MAX_LINES;
  const tags = images.reduce((sum, image) => sum + image.tags.length, 0);
  return [
    ...images.slice(0, MAX_LINES).map(imageLine),
    hidden > 0 ? t("and {0} more", hidden) : undefined,
    "",
    // Layers that images share are counted with each.
    t("Tags: {0}. Size: up to {1}.", tags, formatBytes(bytes)),
  ];
}

/** An index has the size of its largest platform, which is counted by itself. */
function sizeOf(planned: readonly PlannedImage[]): number {
  return planned
    .filter(({ image }) => !isIndex(image))
    .reduce((sum, { image }) => sum + (image.sizeBytes ?? 0), 0);
}

function partsText(count: number, isOne: boolean): string {
  const { t } = vscode.l10n;
  return isOne
    ? t("What belongs to it goes too: {0} (platforms, attestations, signatures).", count)
    : t("What belongs to them goes too: {0} (platforms, attestations, signatures).", count);
}

function unreadText(unread: unknown): string {
  const error = asEcrError(unread);
  const why = error instanceof EcrError ? explain(error.failure).message : error.message;
  return vscode.l10n.t("What belongs to them is not known and stays: {0}", why);
}
