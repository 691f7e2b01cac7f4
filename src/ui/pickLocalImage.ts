import * as vscode from "vscode";
import type { ImageEngine, LocalImage } from "../core/enginePorts.js";
import { type ChoiceItem, pickOne } from "./pickOne.js";
import { formatAge, formatBytes, shortDigest } from "./quantities.js";

/** Asks for one of the engine's images; undefined when the user leaves. */
export async function pickLocalImage(
  title: string,
  engine: () => Promise<ImageEngine>,
): Promise<LocalImage | undefined> {
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<LocalImage>(position, {
    placeholder: vscode.l10n.t("Local image"),
    load: async (show, signal) => {
      const images = await (await engine()).listImages(signal);
      show(images.length > 0 ? images.map(localImageItem) : [emptyItem()]);
    },
  });
  return answer.kind === "answer" ? answer.value : undefined;
}

/** Names a local image as rows do: its first name, else its short id. */
export function localImageLabel({ references, id }: LocalImage): string {
  return references[0] ?? vscode.l10n.t("untagged {0}", shortDigest(id));
}

/** Says size and age of a local image: `412 MB · 3 h ago`. */
function localImageFacts({ sizeBytes, createdAt }: LocalImage): string {
  return `${formatBytes(sizeBytes)} · ${formatAge(createdAt, new Date())}`;
}

/** The row of a local image in a list to choose from. */
export function localImageItem(image: LocalImage): ChoiceItem<LocalImage> {
  return {
    label: localImageLabel(image),
    description: localImageFacts(image),
    iconPath: new vscode.ThemeIcon("layers"),
    value: image,
    ...(image.references.length > 1 ? { detail: image.references.slice(1).join(", ") } : {}),
  };
}

function emptyItem(): ChoiceItem<LocalImage> {
  const label = vscode.l10n.t("This engine holds no images");
  return { label, iconPath: new vscode.ThemeIcon("info"), alwaysShow: true };
}
