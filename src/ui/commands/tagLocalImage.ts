import * as vscode from "vscode";
import { checkLocalName, parseLocalName } from "../../core/imageReference.js";
import { commandIds } from "../commandIds.js";
import type { DockerfilePushPorts } from "../dockerfilePush.js";
import type { LocalImageNode } from "../localImages/localImageNodes.js";
import { localImageLabel, pickLocalImage } from "../pickLocalImage.js";
import { askText } from "../steps/askText.js";

/** *Tag Image…*: gives a local image one more name. */
export async function tagLocalImage(
  ports: Pick<DockerfilePushPorts, "engine">,
  title: string,
  target: LocalImageNode | undefined,
): Promise<void> {
  const image = target?.image ?? (await pickLocalImage(title, ports.engine));
  if (!image) return;
  const prompt = vscode.l10n.t("Name of the local image, with a tag");
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await askText(prompt, image.references[0] ?? "", checkLocalName, position);
  if (answer.kind !== "answer") return;
  const engine = await ports.engine();
  await engine.tag(image.id, parseLocalName(answer.value), AbortSignal.timeout(30_000));
  void vscode.commands.executeCommand(commandIds.refreshLocalImages);
  const message = vscode.l10n.t("{0} is {1} as well.", localImageLabel(image), answer.value);
  void vscode.window.setStatusBarMessage(message, 5000);
}
