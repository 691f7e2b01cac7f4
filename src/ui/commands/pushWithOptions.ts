import * as vscode from "vscode";
import { askOptions, type SheetAnswer } from "../buildOptions/askOptions.js";
import { ChoicesMemory } from "../buildOptions/choicesMemory.js";
import { openSheet } from "../buildOptions/openSheet.js";
import { platformsFor } from "../../core/push/runTarget.js";
import { below, choose, type Sheet, type SheetState } from "../buildOptions/sheet.js";
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
import type { ChoiceItem } from "../pickOne.js";
import {
  enginePlatform,
  type OptionsAnswer,
  type PushDraft,
  repositoryName,
} from "../pushWizard.js";
import { pushTitle } from "../runPush.js";
import { registryLabel } from "../registryLabel.js";
import { runTargetName } from "../runTargetName.js";
import { pickRunTarget } from "../steps/pickRunTarget.js";
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
    const initial = { options: state, runsOn: "anything" } as const;
    await askAndPush(ports, dockerfile, {}, lastQuestion(ports, sheet, initial));
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
  const position = { title: sheet.title, step: 1, totalSteps: 1, canGoBack: false };
  const destination = row("destination", "cloud", t("Destination"), where);
  // What the last push built for stands where no sheet has said otherwise.
  const first = last.options ? state : choose(state, { platforms: platformsFor(last.runsOn) });
  const initial = { options: first, runsOn: last.runsOn };
  const answer = await askSheet(ports, sheet, initial, name, [destination], position);
  if (answer.kind !== "answer") return;
  const { picked, options, runsOn } = answer.value;
  if (picked === "destination") {
    await askAndPush(ports, dockerfile, {}, lastQuestion(ports, sheet, { options, runsOn }));
  } else {
    const { choices, typed } = options;
    await pushAnswers(ports, dockerfile, { ...answers, runsOn, options: choices }, typed);
  }
}

/** The sheet as the last question of the wizard. */
function lastQuestion(
  ports: DockerfilePushPorts,
  sheet: Sheet,
  initial: OptionsAnswer,
): (draft: PushDraft, position: StepPosition) => Promise<StepAnswer<OptionsAnswer>> {
  return async ({ repository, tags = [] }, position) => {
    const name = pushTitle({
      repository: repository ? repositoryName(repository) : "",
      tags: tags.map(({ tag }) => tag),
    });
    const answer = await askSheet(ports, sheet, initial, name, [], position);
    return mapAnswer(answer, ({ options, runsOn }) => ({ options, runsOn }));
  };
}

/** Shows the sheet with a row for where the image will run, which sets the platforms as well. */
async function askSheet(
  ports: DockerfilePushPorts,
  sheet: Sheet,
  initial: OptionsAnswer,
  name: string,
  rows: readonly ChoiceItem<"destination">[],
  position: StepPosition,
): Promise<StepAnswer<OptionsAnswer & { readonly picked: "go" | "destination" }>> {
  let { options, runsOn } = initial;
  let start: "go" | "runsOn" = "go";
  for (;;) {
    const runs = row("runsOn", "rocket", vscode.l10n.t("Where it will run"), runTargetName(runsOn));
    const own = { title: vscode.l10n.t("Image"), items: [...rows, runs] };
    const answer: StepAnswer<SheetAnswer<"destination" | "runsOn">> = await askOptions(
      sheet,
      options,
      goRow(name),
      own,
      position,
      start,
    );
    if (answer.kind !== "answer") return answer;
    const { picked, state }: SheetAnswer<"destination" | "runsOn"> = answer.value;
    options = state;
    if (picked !== "runsOn") return { kind: "answer", value: { picked, options, runsOn } };
    start = picked;
    const target = await pickRunTarget(() => enginePlatform(ports), runsOn, below(sheet));
    if (target.kind === "cancelled") return target;
    if (target.kind === "back") continue;
    runsOn = target.value;
    options = choose(options, { platforms: platformsFor(runsOn) });
  }
}

function goRow(name: string): GoRow {
  return { label: vscode.l10n.t("Push {0}", name), icon: "cloud-upload" };
}
