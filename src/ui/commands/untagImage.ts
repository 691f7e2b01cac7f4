import * as vscode from "vscode";
import { EcrError } from "../../core/errors.js";
import { checkUntag } from "../../core/changes/tagImage.js";
import { askImageNode } from "../askNode.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { imageName } from "../manage/imageName.js";
import { pickOne } from "../pickOne.js";
import { shortDigest } from "../quantities.js";
import { deleteImages } from "./deleteImages.js";

/** *Remove Tag…*: takes one tag from an image that has others; the last one goes with the image. */
export async function untagImage(
  ports: ChangePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (!node) return;
  const { location, repository, image } = node;
  const tag = await pickTag(title, node);
  if (tag === undefined) return;
  const registry = await ports.registries.open(location);
  try {
    await checkUntag(registry, repository.name, image.digest, tag, patience());
  } catch (error) {
    if (!(error instanceof EcrError && error.failure.kind === "last-tag")) throw error;
    if (await isDeletionWanted(node, tag)) await deleteImages(ports, title, node, []);
    return;
  }
  if (!(await isAgreed(node, tag))) return;
  await registry.changes.untagImage(repository.name, image.digest, tag, patience());
  ports.refreshRepository(location, repository.name);
  const text = vscode.l10n.t("{0}:{1} is gone; its image stays.", repository.name, tag);
  vscode.window.setStatusBarMessage(text, 5000);
}

async function pickTag(title: string, { image }: ImageNode): Promise<string | undefined> {
  const { tags, digest } = image;
  if (tags.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} has no tag.", shortDigest(digest)),
    );
    return undefined;
  }
  if (tags.length === 1) return tags[0];
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<string>(position, {
    placeholder: vscode.l10n.t("Tag to remove; the image and its other tags stay"),
    load: (show) => {
      const iconPath = new vscode.ThemeIcon("tag");
      show(tags.map((tag) => ({ label: tag, iconPath, value: tag })));
      return Promise.resolve();
    },
  });
  return answer.kind === "answer" ? answer.value : undefined;
}

async function isAgreed({ repository, image }: ImageNode, tag: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const others = image.tags.filter((other) => other !== tag);
  const rest = imageName({ digest: image.digest, tags: others });
  const remove = t("Remove Tag");
  const detail = t("The image {0} stays, with {1}.", shortDigest(image.digest), rest);
  const message = t("Remove the tag {0} of {1}?", tag, repository.name);
  return (
    (await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) === remove
  );
}

async function isDeletionWanted({ repository }: ImageNode, tag: string): Promise<boolean> {
  const { t } = vscode.l10n;
  const remove = t("Delete Image…");
  const detail = t("ECR deletes an image with its last tag, so the tag alone can't be removed.");
  const message = t("{0}:{1} is the only tag of its image.", repository.name, tag);
  return (
    (await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) === remove
  );
}
