import * as vscode from "vscode";
import { platformsFor } from "../core/push/runTarget.js";
import { makeTag, nextVersion, type ProjectFacts } from "../core/push/tagSuggestions.js";
import type { TypedValues } from "../core/build/buildChoices.js";
import { ChoicesMemory } from "./buildOptions/choicesMemory.js";
import type { OptionsPorts } from "./buildOptions/optionsPorts.js";
import { prepareOptions } from "./buildOptions/prepareOptions.js";
import { summarize } from "./buildOptions/summary.js";
import { commandIds } from "./commandIds.js";
import { possibleContexts, projectName } from "./dockerfiles.js";
import { type ChoiceItem, pickOne } from "./pickOne.js";
import { readProjectFacts } from "./projectFacts.js";
import { AnswerMemory, type PushAnswers } from "./pushAnswers.js";
import { type PushFlowPorts, showPush } from "./pushFlow.js";
import {
  askPushPlan,
  type PushDraft,
  type PushPlan,
  type PushSubject,
  type PushWizardPorts,
  repositoryName,
} from "./pushWizard.js";
import { pushTitle } from "./runPush.js";
import { registryLabel } from "./registryLabel.js";
import { runTargetName } from "./runTargetName.js";
import type { PickedTag } from "./steps/pickTags.js";

/** What pushing a Dockerfile needs. */
export interface DockerfilePushPorts extends PushFlowPorts, PushWizardPorts, OptionsPorts {
  /** The workspace's state, which keeps the last answers and options of each Dockerfile. */
  readonly state: vscode.Memento;
}

/** Asks what is not known yet, `askOptions` at the end, then builds and pushes the Dockerfile. */
export async function askAndPush(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  preset: PushDraft = {},
  askOptions?: PushSubject["askOptions"],
): Promise<void> {
  const last = new AnswerMemory(ports.state).recall(dockerfile);
  const subject: PushSubject = {
    title: vscode.l10n.t("Push to ECR"),
    name: projectName(dockerfile),
    contexts: possibleContexts(dockerfile),
    readFacts: () => readFacts(ports, dockerfile, last),
    ...(askOptions ? { askOptions } : {}),
  };
  const former = last === undefined ? {} : asDraft(last);
  const plan = await askPushPlan(ports, subject, preset, former);
  if (plan) await pushPlan(ports, dockerfile, plan);
}

/** Offers to push as last time, with tags made anew, or to change the answers. */
export async function confirmAndPush(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  last: PushAnswers,
): Promise<void> {
  const answers = await renewTags(ports, dockerfile, last);
  const { t } = vscode.l10n;
  const title = pushTitle(asNames(answers));
  const shown = platformsOf(answers).join(", ") || t("this engine's platform");
  const { runsOn, options } = answers;
  const facts = [
    runsOn === "anything" ? undefined : t("for {0}", runTargetName(runsOn)),
    options && summarize(options),
  ].filter((fact) => fact !== undefined);
  const position = { title: t("Push to ECR"), step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<"push" | "change" | "options">(position, {
    placeholder: t("Push as last time, or change the answers"),
    load: (show) => {
      show([
        {
          label: t("Push {0} ({1})", title, shown),
          description: `→ ${registryLabel(answers.registry)}`,
          ...(facts.length === 0 ? {} : { detail: facts.join(" · ") }),
          iconPath: new vscode.ThemeIcon("cloud-upload"),
          value: "push",
        },
        ...(options ? [optionsItem()] : []),
        { label: t("Change…"), iconPath: new vscode.ThemeIcon("edit"), value: "change" },
      ]);
      return Promise.resolve();
    },
  });
  if (answer.kind !== "answer") return;
  if (answer.value === "options") await chooseOptions(dockerfile);
  else if (answer.value === "change") await askAndPush(ports, dockerfile);
  else await pushAnswers(ports, dockerfile, answers);
}

/** Pushes as last time without a question. */
export async function pushAsBefore(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  last: PushAnswers,
): Promise<void> {
  await pushAnswers(ports, dockerfile, await renewTags(ports, dockerfile, last));
}

async function pushPlan(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  plan: PushPlan,
): Promise<void> {
  const { registry, tags, runsOn, mutability, options } = plan;
  const answers: PushAnswers = {
    registry,
    repository: repositoryName(plan.repository),
    tags,
    runsOn,
    context: plan.context ?? vscode.Uri.joinPath(dockerfile, "..").fsPath,
    create: plan.repository.kind === "new" ? { tagMutability: mutability } : undefined,
    options: options?.choices,
  };
  await pushAnswers(ports, dockerfile, answers, options?.typed);
}

/** Pushes with these answers and remembers them, but not what was typed for this push alone. */
export async function pushAnswers(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  answers: PushAnswers,
  typed: TypedValues = new Map(),
): Promise<void> {
  await new AnswerMemory(ports.state).remember(dockerfile, answers);
  const { registry, repository, tags, runsOn, context, create, options: choices } = answers;
  if (choices) await new ChoicesMemory(ports.state).remember(dockerfile, { choices });
  const title = vscode.l10n.t("Push {0}", pushTitle(asNames(answers)));
  const prepared =
    choices &&
    (await ports.boundary.run(
      title,
      () => prepareOptions(ports, title, dockerfile, choices, typed),
      {
        retry: () => pushAnswers(ports, dockerfile, answers, typed),
        "build-options": () => chooseOptions(dockerfile),
      },
    ));
  if (choices && !prepared) return;
  const options = prepared ? { options: prepared } : {};
  await showPush(ports, {
    location: registry,
    source: { kind: "dockerfile", dockerfile: dockerfile.fsPath, context, ...options },
    ...asNames(answers),
    platforms: platformsOf(answers),
    runsOn,
    create,
    lastTookMs: answers.tookMs,
    repeat: async () => {
      await pushAnswers(ports, dockerfile, await renewTags(ports, dockerfile, answers), typed);
    },
    onPushed: (tookMs) =>
      new AnswerMemory(ports.state).remember(dockerfile, { ...answers, create: undefined, tookMs }),
    askAgain: async (from) => {
      if (from === "options" || (from === "platform" && choices)) {
        await chooseOptions(dockerfile);
        return;
      }
      const kept = { registry, context, ...(choices ? { options: { choices, typed } } : {}) };
      if (from === "repository") {
        await askAndPush(ports, dockerfile, { ...kept, runsOn });
        return;
      }
      const opened = await ports.registries.open(registry);
      const found = await opened.findRepository(repository, AbortSignal.timeout(30_000));
      const known = found && { repository: { kind: "existing" as const, repository: found } };
      const answered = from === "platform" ? { tags } : { runsOn, refusedTags: tags };
      await askAndPush(ports, dockerfile, { ...kept, ...known, ...answered });
    },
  });
}

/** Opens the options sheet, which pushes where the last push went. */
function chooseOptions(dockerfile: vscode.Uri): Thenable<unknown> {
  return vscode.commands.executeCommand(commandIds.pushDockerfileWithOptions, dockerfile);
}

function optionsItem(): ChoiceItem<"options"> {
  const iconPath = new vscode.ThemeIcon("settings");
  return { label: vscode.l10n.t("Change Options…"), iconPath, value: "options" };
}

/** The platforms that the answers stand for; none for the engine's own. */
export function platformsOf({ runsOn, options }: PushAnswers): readonly string[] {
  return options ? options.platforms : platformsFor(runsOn);
}

function readFacts(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  last: PushAnswers | undefined,
): Promise<ProjectFacts> {
  return readProjectFacts(dockerfile, last?.tags[0]?.tag, ports.log);
}

/** Makes the tags of the last push anew: the commit of today, the version after the last one. */
export async function renewTags(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  last: PushAnswers,
): Promise<PushAnswers> {
  const facts = await readFacts(ports, dockerfile, last);
  const renew = ({ tag, source }: PickedTag): PickedTag => {
    if (source === "typed" || source === "last") return { tag, source };
    const made = source === "next-version" ? nextVersion([tag]) : makeTag(source, facts, []);
    return { tag: made ?? tag, source };
  };
  return { ...last, tags: last.tags.map(renew) };
}

/** Returns the repository and the tags of a push by their names. */
export function asNames(answers: PushAnswers): { repository: string; tags: string[] } {
  return { repository: answers.repository, tags: answers.tags.map(({ tag }) => tag) };
}

function asDraft({ registry, repository, runsOn, context }: PushAnswers): PushDraft {
  return { registry, repository: { kind: "new", name: repository }, runsOn, context };
}
