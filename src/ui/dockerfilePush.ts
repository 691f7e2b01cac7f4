import * as vscode from "vscode";
import { makeTag, nextVersion, type ProjectFacts } from "../core/tagSuggestions.js";
import { possibleContexts, projectName } from "./dockerfiles.js";
import { pickOne } from "./pickOne.js";
import { readProjectFacts } from "./projectFacts.js";
import type { AnswerMemory, PushAnswers } from "./pushAnswers.js";
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
import { registryLabel } from "./steps/pickRegistry.js";
import type { PickedTag } from "./steps/pickTags.js";

/** What pushing a Dockerfile needs. */
export interface DockerfilePushPorts extends PushFlowPorts, PushWizardPorts {
  readonly memory: AnswerMemory;
}

/** Asks what is not known yet, then builds and pushes the Dockerfile. */
export async function askAndPush(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  preset: PushDraft = {},
): Promise<void> {
  const last = ports.memory.recall(dockerfile);
  const subject: PushSubject = {
    title: vscode.l10n.t("Push to ECR"),
    name: projectName(dockerfile),
    contexts: possibleContexts(dockerfile),
    readFacts: () => readFacts(ports, dockerfile, last),
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
  const { title, platform } = { title: pushTitle(asNames(answers)), platform: answers.platform };
  const { t } = vscode.l10n;
  const shown = platform === "engine" ? t("this engine's platform") : platform;
  const position = { title: t("Push to ECR"), step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<"push" | "change">(position, {
    placeholder: t("Push as last time, or change the answers"),
    load: (show) => {
      show([
        {
          label: t("Push {0} ({1})", title, shown),
          description: `→ ${registryLabel(answers.registry)}`,
          iconPath: new vscode.ThemeIcon("cloud-upload"),
          value: "push",
        },
        { label: t("Change…"), iconPath: new vscode.ThemeIcon("edit"), value: "change" },
      ]);
      return Promise.resolve();
    },
  });
  if (answer.kind !== "answer") return;
  if (answer.value === "change") await askAndPush(ports, dockerfile);
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
  const { registry, tags, platform, mutability } = plan;
  const answers: PushAnswers = {
    registry,
    repository: repositoryName(plan.repository),
    tags,
    platform,
    context: plan.context ?? vscode.Uri.joinPath(dockerfile, "..").fsPath,
    create: plan.repository.kind === "new" ? { tagMutability: mutability } : undefined,
  };
  await pushAnswers(ports, dockerfile, answers);
}

async function pushAnswers(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  answers: PushAnswers,
): Promise<void> {
  await ports.memory.remember(dockerfile, answers);
  const { registry, repository, tags, platform, context, create } = answers;
  await showPush(ports, {
    location: registry,
    source: { kind: "dockerfile", dockerfile: dockerfile.fsPath, context },
    ...asNames(answers),
    platforms: platform === "engine" ? [] : [platform],
    create,
    onPushed: () => ports.memory.remember(dockerfile, { ...answers, create: undefined }),
    askAgain: async (from) => {
      if (from === "repository") {
        await askAndPush(ports, dockerfile, { registry, platform, context });
        return;
      }
      const opened = await ports.registries.open(registry);
      const found = await opened.findRepository(repository, AbortSignal.timeout(30_000));
      const known = found && { repository: { kind: "existing" as const, repository: found } };
      const answered = from === "platform" ? { tags } : { platform };
      await askAndPush(ports, dockerfile, { registry, context, ...known, ...answered });
    },
  });
}

function readFacts(
  ports: DockerfilePushPorts,
  dockerfile: vscode.Uri,
  last: PushAnswers | undefined,
): Promise<ProjectFacts> {
  return readProjectFacts(dockerfile, last?.tags[0]?.tag, ports.log);
}

/** Makes the tags of the last push anew: the commit of today, the version after the last one. */
async function renewTags(
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

function asNames(answers: PushAnswers): { repository: string; tags: string[] } {
  return { repository: answers.repository, tags: answers.tags.map(({ tag }) => tag) };
}

function asDraft({ registry, repository, platform, context }: PushAnswers): PushDraft {
  return { registry, repository: { kind: "new", name: repository }, platform, context };
}
