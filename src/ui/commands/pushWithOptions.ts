import * as vscode from "vscode";
import { askOptions } from "../buildOptions/askOptions.js";
import { ChoicesMemory } from "../buildOptions/choicesMemory.js";
import { openSheet } from "../buildOptions/openSheet.js";
import type { Sheet, SheetState } from "../buildOptions/sheet.js";
import { type GoRow, row } from "../buildOptions/sheetRows.js";
import { chooseDockerfile } from "../dockerfiles.js";
import {
  askAndPush,
  asNames,
  type DockerfilePushPorts,
  pushAnswers,
  renewTags,
} from "../dockerfilePush.js";
import { AnswerMemory, type PushAnswers } from "../pushAnswers.js";
import { type PushDraft, repositoryName } from "../pushWizard.js";
import { pushTitle } from "../runPush.js";
import { registryLabel } from "../registryLabel.js";
import { mapAnswer, type StepAnswer, type StepPosition } from "../wizard.js";

/** *Push to ECR with Options…*: asks where to, the first time, and shows the options on one sheet. */
export async function pushWithOptions(
  ports: DockerfilePushPorts,
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const dockerfile = await chooseDockerfile(title, target);
  if (!dockerfile) return;
  const sheet = await openSheet(ports, title, dockerfile);
  const { choices } = new ChoicesMemory(ports.state).recall(dockerfile);
  const state: SheetState = { choices, typed: new Map() };
  const last = new AnswerMemory(ports.state).recall(dockerfile);
  if (last) {
    await pushWhereLast(ports, dockerfile, sheet, state, last);
  } else {
    await askAndPush(ports, dockerfile, {}, lastQuestion(sheet, state));
  }
}

async function pushWhereLast(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  sheet: Sheet,
  state: SheetState,
  last: PushAnswers,
): Promise<void> {
  const { t } = vscode.l10n;
  const answers = await renewTags(ports, dockerfile, last);
  const name = pushTitle(asNames(answers));
  const where = `${name} → ${registryLabel(answers.registry)}`;
  const own = {
    title: t("Image"),
    items: [row("destination", "cloud", t("Destination"), where)],
  };
  const position = { title: sheet.title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await askOptions(sheet, state, goRow(name), own, position);
  if (answer.kind !== "answer") return;
  const { picked, state: chosen } = answer.value;
  if (picked === "destination") {
    await askAndPush(ports, dockerfile, {}, lastQuestion(sheet, chosen));
  } else {
    await pushAnswers(ports, dockerfile, { ...answers, options: chosen.choices }, chosen.typed);
  }
}

/** The sheet as the last question of the wizard. */
function lastQuestion(
  sheet: Sheet,
  initial: SheetState,
): (draft: PushDraft, position: StepPosition) => Promise<StepAnswer<SheetState>> {
  return async ({ repository, tags = [] }, position) => {
    const name = pushTitle({
      repository: repository ? repositoryName(repository) : "",
      tags: tags.map(({ tag }) => tag),
    });
    const answer = await askOptions(sheet, initial, goRow(name), undefined, position);
    return mapAnswer(answer, ({ state }) => state);
  };
}

function goRow(name: string): GoRow {
  return { label: vscode.l10n.t("Push {0}", name), icon: "cloud-upload" };
}
