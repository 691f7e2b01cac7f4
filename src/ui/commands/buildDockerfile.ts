import * as vscode from "vscode";
import {
  formatImageReference,
  type ImageReference,
  parseLocalName,
  checkLocalName,
} from "../../core/imageReference.js";
import { buildImage } from "../../core/build/buildImage.js";
import { commandIds } from "../commandIds.js";
import { withContextReview } from "../context/contextReviewer.js";
import { chooseDockerfile, possibleContexts, projectName } from "../dockerfiles.js";
import { followEvents } from "../followEvents.js";
import type { DockerfilePushPorts } from "../dockerfilePush.js";
import { withSourceLabels } from "../sourceLabels.js";
import { askText } from "../steps/askText.js";
import { pickContext } from "../steps/pickContext.js";
import { type PlatformChoice, pickPlatform } from "../steps/pickPlatform.js";
import { makeWindowTokens } from "../windowTokens.js";
import { mapAnswer, runWizard } from "../wizard.js";

interface BuildDraft {
  readonly name?: string;
  readonly platform?: PlatformChoice;
  readonly context?: string;
}

/** *Build Image…*: builds a Dockerfile into the engine under a name, without pushing it. */
export async function buildDockerfile(
  ports: DockerfilePushPorts,
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const dockerfile = await chooseDockerfile(title, target);
  if (!dockerfile) return;
  const draft = await askBuild(ports, title, dockerfile);
  if (draft?.name === undefined) return;
  const reference = parseLocalName(draft.name);
  const { platform = "engine", context = possibleContexts(dockerfile)[0] ?? "" } = draft;
  const request = {
    dockerfile: dockerfile.fsPath,
    context,
    platforms: platform === "engine" ? [] : [platform],
    findToken: makeWindowTokens(ports),
  };
  const heading = vscode.l10n.t("Build {0}", draft.name);
  const again = (): Promise<void> =>
    ports.boundary.run(heading, () => runBuild(ports, heading, request, reference, again), {
      retry: again,
      "pick-platform": () => buildDockerfile(ports, title, target),
      "build-options": () =>
        vscode.commands.executeCommand(commandIds.buildDockerfileWithOptions, dockerfile),
    });
  await again();
}

/** Builds an image under a name, and offers to push it. */
export async function runBuild(
  ports: DockerfilePushPorts,
  heading: string,
  request: Parameters<typeof buildImage>[1],
  reference: ImageReference,
  again: () => unknown,
): Promise<void> {
  await withContextReview(ports, (review) =>
    followEvents(ports, {
      title: heading,
      start: async (signal) => {
        const engine = await ports.engine();
        const options = await withSourceLabels(request.dockerfile, request.options, ports.log);
        return buildImage(engine, { ...request, options }, reference, signal, review);
      },
      build: { name: shownName(reference), dockerfile: request.dockerfile, again },
    }),
  );
  void vscode.commands.executeCommand(commandIds.refreshLocalImages);
  const { t } = vscode.l10n;
  const push = t("Push to ECR…");
  const message = t("{0} is built.", shownName(reference));
  const chosen = await vscode.window.showInformationMessage(message, push, t("Show Log"));
  if (chosen === push) {
    const name = formatImageReference(reference);
    await vscode.commands.executeCommand(commandIds.pushLocalImage, name);
  } else if (chosen !== undefined) {
    ports.log.show();
  }
}

async function askBuild(
  ports: DockerfilePushPorts,
  title: string,
  dockerfile: vscode.Uri,
): Promise<BuildDraft | undefined> {
  const contexts = possibleContexts(dockerfile);
  return await runWizard<BuildDraft>(
    title,
    [
      {
        isNeeded: () => true,
        ask: async (draft, position) =>
          mapAnswer(
            await askText(
              vscode.l10n.t("Name of the local image, with a tag"),
              draft.name ?? proposeName(dockerfile),
              checkLocalName,
              position,
            ),
            (name) => ({ ...draft, name }),
          ),
      },
      {
        isNeeded: () => true,
        ask: async (draft, position) => {
          const describe = async (): Promise<string | undefined> => {
            const engine = await ports.engine();
            return (await engine.describe(AbortSignal.timeout(5000))).platform;
          };
          const answer = await pickPlatform(describe, "engine", position);
          return mapAnswer(answer, (platform) => ({ ...draft, platform }));
        },
      },
      {
        isNeeded: () => contexts.length > 1,
        ask: async (draft, position) =>
          mapAnswer(await pickContext(contexts, undefined, position), (context) => ({
            ...draft,
            context,
          })),
      },
    ],
    {},
  );
}

/** Names the image of a Dockerfile after its folder. */
export function proposeName(dockerfile: vscode.Uri): string {
  const name = projectName(dockerfile);
  return `${name.length < 2 ? "image" : name}:latest`;
}

function shownName(reference: ImageReference): string {
  return formatImageReference(reference).replace(/^docker\.io\/(library\/)?/, "");
}
