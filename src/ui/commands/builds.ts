import * as vscode from "vscode";
import type { BuildHistory, BuildRecord } from "../buildHistory.js";
import type { BuildNode } from "../buildNodes.js";
import { stateIcon, stateWords } from "../buildRows.js";
import { showBuildTerminal } from "../buildTerminal.js";
import { chooseDockerfile } from "../dockerfiles.js";
import { openFileAt } from "../openFileAt.js";
import { pickOne } from "../pickOne.js";
import { formatTimeOfDay } from "../quantities.js";

/** *Cancel Build*: stops a running build; the engine's work ends too. */
export async function cancelBuild(
  history: BuildHistory,
  title: string,
  target: BuildNode | undefined,
): Promise<void> {
  const build = await chooseBuild(history, title, target, ({ state }) => state === "running");
  if (build) history.cancel(build.id);
}

/** *Show Output*: opens what a build wrote, and goes on writing while it runs. */
export async function showBuildOutput(
  history: BuildHistory,
  title: string,
  target: BuildNode | undefined,
): Promise<void> {
  const build = await chooseBuild(history, title, target);
  if (build) showBuildTerminal(history, build.id);
}

/** *Run Again*: builds, and pushes where the build did, once more. */
export async function runBuildAgain(
  history: BuildHistory,
  title: string,
  target: BuildNode | undefined,
): Promise<void> {
  const build = await chooseBuild(history, title, target, ({ state }) => state !== "running");
  if (!build) return;
  await chooseDockerfile(title, vscode.Uri.file(build.dockerfile));
  await build.again();
}

/** *Open Dockerfile*: at the line that failed, or at the line of the step that it is called on. */
export async function openBuildDockerfile(
  history: BuildHistory,
  title: string,
  target: BuildNode | DockerfileLine | undefined,
): Promise<void> {
  if (target && "dockerfile" in target) {
    await openFileAt(target.dockerfile, target.line);
    return;
  }
  const build = await chooseBuild(history, title, target);
  if (!build) return;
  const { failure, dockerfile } = build;
  await openFileAt(dockerfile, failure && "line" in failure ? failure.line : undefined);
}

/** *Copy Digest URI* of a build that was pushed. */
export async function copyBuildDigestUri(
  history: BuildHistory,
  title: string,
  target: BuildNode | undefined,
): Promise<void> {
  const build = await chooseBuild(
    history,
    title,
    target,
    ({ digestUri }) => digestUri !== undefined,
  );
  if (build?.digestUri === undefined) return;
  await vscode.env.clipboard.writeText(build.digestUri);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", build.digestUri), 3000);
}

/** A line of a Dockerfile, from 1. */
export interface DockerfileLine {
  readonly dockerfile: string;
  readonly line: number;
}

async function chooseBuild(
  history: BuildHistory,
  title: string,
  target: BuildNode | undefined,
  isFit: (build: BuildRecord) => boolean = () => true,
): Promise<BuildRecord | undefined> {
  if (target) return history.find(target.id);
  const builds = history.builds.filter(isFit);
  if (builds.length === 0) {
    const message = vscode.l10n.t("This window has no build that this would work on.");
    void vscode.window.showInformationMessage(message);
    return undefined;
  }
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<BuildRecord>(position, {
    placeholder: vscode.l10n.t("Build"),
    load: (show) => {
      show(
        builds.map((build) => ({
          label: build.name,
          description: `${stateWords(build.state)} · ${formatTimeOfDay(build.startedAt)}`,
          iconPath: stateIcon(build.state),
          value: build,
        })),
      );
      return Promise.resolve();
    },
  });
  return answer.kind === "answer" ? answer.value : undefined;
}
