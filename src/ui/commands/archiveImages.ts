import * as vscode from "vscode";
import { changeEach, type ChangeAccount } from "../../core/changes/changeEach.js";
import { askImageNode } from "../askNode.js";
import { withSlowProgress } from "../manage/slowProgress.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import { explain } from "../failures/explain.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { byRepository, chosenImages } from "../manage/chosenRows.js";
import { fullImageName, imageName } from "../manage/imageName.js";
import { offerReasons } from "../manage/keptImages.js";
import { shortDigest } from "../quantities.js";

/** Where an image is to go. */
type Target = "archive" | "standard";

/** *Archive Image…* and *Restore Image*: move images between ECR's storage classes. */
export async function moveImages(
  ports: ChangePorts,
  title: string,
  to: Target,
  target: ImageNode | undefined,
  selected: readonly { readonly kind: string }[],
): Promise<void> {
  const chosen = chosenImages(target, selected);
  const asked = chosen.length > 0 ? undefined : await askImageNode(ports, title);
  for (const group of byRepository(asked ? [asked] : chosen)) {
    await moveGroup(ports, title, to, group);
  }
}

async function moveGroup(
  ports: ChangePorts,
  title: string,
  to: Target,
  nodes: readonly ImageNode[],
): Promise<void> {
  const [first] = nodes;
  if (!first) return;
  const { location, repository } = first;
  if (to === "archive" && !(await isAgreed(nodes))) return;
  const registry = await ports.registries.open(location);
  let account: ChangeAccount | undefined;
  try {
    await withSlowProgress(`${title} · ${repository.name}`, async (report, signal) => {
      const images = nodes.map(({ image }) => image);
      const move = ({ digest }: ImageNode["image"]): Promise<void> =>
        registry.changes.setStorageClass(repository.name, digest, to, patience());
      for await (account of changeEach(images, move, signal)) {
        const done = images.length - account.left.length;
        report(vscode.l10n.t("{0} of {1}", done, images.length));
      }
    });
  } finally {
    ports.refreshRepository(location, repository.name);
  }
  await reportMove(repository.name, to, account);
}

async function isAgreed(nodes: readonly ImageNode[]): Promise<boolean> {
  const { t } = vscode.l10n;
  const [only] = nodes;
  if (!only) return false;
  const message =
    nodes.length === 1
      ? t("Archive {0}?", fullImageName(only.repository.name, only.image))
      : t("Archive {0} images of {1}?", nodes.length, only.repository.name);
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
  const detail = t(
    "Archived images can't be pulled until they are restored, which takes minutes. Storage in the archive is billed for 90 days at least.",
  );
  const button = t("Archive");
  return (
    (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button
  );
}

async function reportMove(
  repository: string,
  to: Target,
  account: ChangeAccount | undefined,
): Promise<void> {
  if (!account) return;
  const { changed, failed, left, error } = account;
  const text = accountText(repository, to, account);
  const kept = failed.map(({ image, failure }) => ({
    name: imageName(image),
    digest: shortDigest(image.digest),
    reason: explain(failure).message,
  }));
  const [only] = kept;
  if (kept.length > 1) void offerReasons(text, kept);
  else if (only) void vscode.window.showWarningMessage(`${text} ${only.reason}`);
  else if (left.length > 0 && changed.length > 0) void vscode.window.showWarningMessage(text);
  else if (left.length === 0) vscode.window.setStatusBarMessage(text, 5000);
  if (error !== undefined) throw error;
  return Promise.resolve();
}

function accountText(repository: string, to: Target, { changed, left }: ChangeAccount): string {
  const { t } = vscode.l10n;
  const done =
    to === "archive"
      ? t("Images of {0} archived: {1}.", repository, changed.length)
      : t("Images of {0} on their way back: {1}.", repository, changed.length);
  return left.length === 0 ? done : `${done} ${t("{0} are as they were.", left.length)}`;
}
