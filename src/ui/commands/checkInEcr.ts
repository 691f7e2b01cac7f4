import * as vscode from "vscode";
import { askInEcr, type EcrAnswer } from "../../core/images/askInEcr.js";
import type { ImageEngine } from "../../core/enginePorts.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { TokenKeeper } from "../../core/login/tokenKeeper.js";
import { commandIds } from "../commandIds.js";
import { placeText } from "../localImages/localImageItems.js";
import { localRowName } from "../localImages/localImageNames.js";
import type { LocalImageNode } from "../localImages/localImageNodes.js";
import type { LocalImagesView } from "../localImages/localImagesView.js";
import { ownHosts } from "../ownHosts.js";
import { pickLocalImage } from "../pickLocalImage.js";
import type { RegistryChoice } from "../registryChoice.js";

/** What asking ECR for a local image needs. */
export interface CheckInEcrPorts {
  readonly engine: () => Promise<ImageEngine>;
  readonly choice: RegistryChoice;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
  readonly localImages: LocalImagesView;
}

/** How long ECR may take to answer for all names of one image. */
const QUESTIONS_TIMEOUT_MS = 60_000;

/** *Check Whether in ECR*: asks ECR itself, where rows go by what is known already. */
export async function checkInEcr(
  ports: CheckInEcrPorts,
  title: string,
  target: LocalImageNode | undefined,
): Promise<void> {
  const image = target?.image ?? (await pickLocalImage(title, ports.engine));
  if (!image) return;
  const { registries } = ports;
  const location = await ports.choice.locate();
  const hosts = await ownHosts(ports);
  const open = registries.open.bind(registries);
  // A few small questions: a bar above the rows says enough while they are under way.
  const answer = await vscode.window.withProgress({ location: { viewId: "ecr.localImages" } }, () =>
    askInEcr({ open, location, ownHosts: hosts }, image, AbortSignal.timeout(QUESTIONS_TIMEOUT_MS)),
  );
  const tree = await ports.localImages.tree();
  tree.keepCheck(image.id, answer.places);
  const push = vscode.l10n.t("Push Local Image…");
  const buttons = answer.places.length > 0 ? [] : [push];
  const message = answerText(localRowName(image), answer);
  // Nobody waits for what is pressed, or not, after the answer.
  void vscode.window.showInformationMessage(message, ...buttons).then(async (pressed) => {
    if (pressed !== push) return;
    const node = target ?? (await tree.findImage(image.id));
    await vscode.commands.executeCommand(commandIds.pushLocalImage, node);
  });
}

function answerText(name: string, { places, asked, foreign }: EcrAnswer): string {
  const { t } = vscode.l10n;
  if (places.length > 0) return t("{0} is in ECR: {1}.", name, places.map(placeText).join(" · "));
  if (asked.length > 0)
    return t("{0} is not in ECR: {1} has no such image.", name, asked.join(", "));
  return foreign.length > 0
    ? t("{0} is from {1}, which is another account’s.", name, foreign.join(", "))
    : t("{0} has no name of ECR here, so there is no repository to ask.", name);
}
