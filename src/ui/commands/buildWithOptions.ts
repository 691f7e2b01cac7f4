import * as vscode from "vscode";
import { checkLocalName, parseLocalName } from "../../core/imageReference.js";
import { askOptions, type OwnRows, type SheetAnswer } from "../buildOptions/askOptions.js";
import { ChoicesMemory } from "../buildOptions/choicesMemory.js";
import { openSheet } from "../buildOptions/openSheet.js";
import { prepareOptions } from "../buildOptions/prepareOptions.js";
import type { SheetState } from "../buildOptions/sheet.js";
import { row } from "../buildOptions/sheetRows.js";
import { chooseDockerfile, possibleContexts } from "../dockerfiles.js";
import type { DockerfilePushPorts } from "../dockerfilePush.js";
import { askText } from "../steps/askText.js";
import { folderLabel, pickContext } from "../steps/pickContext.js";
import { makeWindowTokens } from "../windowTokens.js";
import type { StepAnswer } from "../wizard.js";
import { proposeName, runBuild } from "./buildDockerfile.js";

/** What is built besides the options: the name of the image, and the folder that it is made from. */
interface BuildSubject {
  readonly name: string;
  readonly context: string;
}

/** *Build with Options…*: shows the options on one sheet, then builds without pushing. */
export async function buildWithOptions(
  ports: DockerfilePushPorts,
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const dockerfile = await chooseDockerfile(title, target);
  if (!dockerfile) return;
  const { choices, image } = new ChoicesMemory(ports.state).recall(dockerfile);
  const [context = ""] = possibleContexts(dockerfile);
  const asked = await askBuild(ports, title, dockerfile, {
    subject: image ?? { name: proposeName(dockerfile), context },
    state: { choices, typed: new Map() },
  });
  if (!asked) return;
  const { subject, state } = asked;
  await new ChoicesMemory(ports.state).remember(dockerfile, {
    choices: state.choices,
    image: subject,
  });
  const heading = vscode.l10n.t("Build {0}", subject.name);
  const again = (): Promise<void> => buildWithOptions(ports, title, dockerfile);
  const work = async (): Promise<void> => {
    const options = await prepareOptions(ports, title, dockerfile, state.choices, state.typed);
    if (!options) return;
    const request = {
      dockerfile: dockerfile.fsPath,
      context: subject.context,
      platforms: state.choices.platforms,
      findToken: makeWindowTokens(ports),
      options,
    };
    await runBuild(ports, heading, request, parseLocalName(subject.name), run);
  };
  const run = (): Promise<void> =>
    ports.boundary.run(heading, work, {
      retry: run,
      "build-options": again,
      "pick-platform": again,
    });
  await run();
}

/** The rows that a build has besides its options. */
type OwnRow = "name" | "context";

interface Asked {
  readonly subject: BuildSubject;
  readonly state: SheetState;
}

async function askBuild(
  ports: DockerfilePushPorts,
  title: string,
  dockerfile: vscode.Uri,
  initial: Asked,
): Promise<Asked | undefined> {
  const sheet = await openSheet(ports, title, dockerfile);
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  let { subject, state } = initial;
  for (let start: "go" | OwnRow = "go"; ;) {
    const go = { label: vscode.l10n.t("Build {0}", subject.name), icon: "play" };
    const own = ownRows(dockerfile, subject);
    const answer: StepAnswer<SheetAnswer<OwnRow>> = await askOptions(
      sheet,
      state,
      go,
      own,
      position,
      start,
    );
    if (answer.kind !== "answer") return undefined;
    const picked: "go" | OwnRow = answer.value.picked;
    ({ state } = answer.value);
    if (picked === "go") return { subject, state };
    start = picked;
    const edited = await (picked === "name" ? askName : askContext)(title, dockerfile, subject);
    if (edited.kind === "cancelled") return undefined;
    if (edited.kind === "answer") subject = edited.value;
  }
}

function ownRows(dockerfile: vscode.Uri, subject: BuildSubject): OwnRows<OwnRow> {
  const { t } = vscode.l10n;
  const context = row("context", "folder", t("Build context"), folderLabel(subject.context));
  return {
    title: t("Image"),
    items: [
      row("name", "package", t("Image name"), subject.name),
      ...(listContexts(dockerfile, subject).length > 1 ? [context] : []),
    ],
  };
}

function listContexts(dockerfile: vscode.Uri, { context }: BuildSubject): readonly string[] {
  return [...new Set([...possibleContexts(dockerfile), context])];
}

async function askName(
  title: string,
  _: vscode.Uri,
  subject: BuildSubject,
): Promise<StepAnswer<BuildSubject>> {
  const prompt = vscode.l10n.t("Name of the local image, with a tag");
  const position = { title, step: 1, totalSteps: 1, canGoBack: true };
  const answer = await askText(prompt, subject.name, checkLocalName, position);
  return answer.kind === "answer"
    ? { ...answer, value: { ...subject, name: answer.value } }
    : answer;
}

async function askContext(
  title: string,
  dockerfile: vscode.Uri,
  subject: BuildSubject,
): Promise<StepAnswer<BuildSubject>> {
  const position = { title, step: 1, totalSteps: 1, canGoBack: true };
  const folders = listContexts(dockerfile, subject);
  const answer = await pickContext(folders, subject.context, position);
  return answer.kind === "answer"
    ? { ...answer, value: { ...subject, context: answer.value } }
    : answer;
}
