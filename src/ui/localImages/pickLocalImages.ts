import * as vscode from "vscode";
import type { ImageEngine, LocalImage } from "../../core/enginePorts.js";
import { localImageItem } from "../pickLocalImage.js";
import { pickMany } from "../pickMany.js";

/** How long the engine may take to list its images. */
const LIST_TIMEOUT_MS = 30_000;

/** Asks for any number of the engine's images; none when the user leaves. */
export async function pickLocalImages(
  title: string,
  engine: () => Promise<ImageEngine>,
): Promise<readonly LocalImage[]> {
  const images = await (await engine()).listImages(AbortSignal.timeout(LIST_TIMEOUT_MS));
  const placeholder =
    images.length > 0
      ? vscode.l10n.t("Local images")
      : vscode.l10n.t("This engine holds no images");
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickMany(position, placeholder, images.map(localImageItem));
  return answer.kind === "answer" ? answer.value : [];
}
