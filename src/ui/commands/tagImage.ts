import * as vscode from "vscode";
import { EcrError } from "../../core/errors.js";
import { parseTag } from "../../core/imageReference.js";
import type { Registry } from "../../core/ports.js";
import { checkTag, type TagEffect } from "../../core/changes/tagImage.js";
import { askImageNode } from "../askNode.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { fullImageName, imageName } from "../manage/imageName.js";
import { shortDigest } from "../quantities.js";
import { askChecked } from "../steps/askChecked.js";
import { reasonAgainst } from "../tryParse.js";

/** *Tag Image in ECR…*: gives an image a further tag within the registry, without an engine. */
export async function tagImage(
  ports: ChangePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (!node) return;
  const { location, repository, image } = node;
  const registry = await ports.registries.open(location);
  const chosen = await askTag(registry, title, node);
  if (!chosen) return;
  const { tag, effect } = chosen;
  if (effect.kind === "moved" && !(await isMoveAgreed(node, tag, effect.from))) return;
  await registry.changes.tagImage(repository.name, image.digest, tag, patience());
  ports.refreshRepository(location, repository.name);
  const named = `${repository.name}:${tag}`;
  const text = vscode.l10n.t("{0} names {1} now.", named, shortDigest(image.digest));
  vscode.window.setStatusBarMessage(text, 5000);
}

/** Asks for a tag that can be put; one that can't move is asked about again, with the reason. */
async function askTag(
  registry: Registry,
  title: string,
  { repository, image }: ImageNode,
): Promise<{ tag: string; effect: TagEffect } | undefined> {
  const name = fullImageName(repository.name, image);
  let prompt = vscode.l10n.t("A further tag for {0}", name);
  const fixed = new Set<string>();
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const check = (text: string): string | undefined => {
    if (image.tags.includes(text)) return vscode.l10n.t("The image has this tag already");
    if (fixed.has(text)) return vscode.l10n.t("Another image has this tag, and it can't move");
    return reasonAgainst(parseTag, text);
  };
  for (let proposal = ""; ;) {
    const answer = await askChecked(
      {
        prompt,
        placeholder: vscode.l10n.t("Tag, such as 1.4.0"),
        proposal,
        check,
      },
      position,
    );
    if (answer.kind !== "answer") return undefined;
    const tag = answer.value;
    try {
      const effect = await checkTag(registry, repository, image.digest, tag, patience());
      return { tag, effect };
    } catch (error) {
      if (!(error instanceof EcrError && error.failure.kind === "tag-immutable")) throw error;
      fixed.add(tag);
      proposal = tag;
      prompt = vscode.l10n.t(
        "{0} names another image and can't move. Another tag for {1}",
        tag,
        name,
      );
    }
  }
}

async function isMoveAgreed(
  { repository, image }: ImageNode,
  tag: string,
  from: ImageNode["image"],
): Promise<boolean> {
  const { t } = vscode.l10n;
  const others = from.tags.filter((other) => other !== tag);
  const move = t("Move Tag");
  const lines = [
    t("It names {0} now, and would name {1}.", shortDigest(from.digest), shortDigest(image.digest)),
    others.length === 0
      ? t("The other image stays, without a tag.")
      : t("The other image stays, with {0}.", imageName({ digest: from.digest, tags: others })),
  ];
  const message = t("Move the tag {0} of {1}?", tag, repository.name);
  const options = { modal: true, detail: lines.join("\n") };
  return (await vscode.window.showWarningMessage(message, options, move)) === move;
}
