import * as vscode from "vscode";
import type { ImageEngine } from "../../core/enginePorts.js";
import type { LocalImageNode } from "../localImages/localImageNodes.js";
import { pickLocalImage } from "../pickLocalImage.js";

/** *Copy Name*: the first name of a local image, else its digest's, else its id. */
export async function copyLocalName(
  engine: () => Promise<ImageEngine>,
  title: string,
  target: LocalImageNode | undefined,
): Promise<void> {
  const image = target?.image ?? (await pickLocalImage(title, engine));
  if (!image) return;
  const text = image.references[0] ?? image.digests[0] ?? image.id;
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", text), 3000);
}
