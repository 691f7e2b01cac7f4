import * as vscode from "vscode";
import { readImages } from "../core/catalog.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import type { ImageEngine } from "../core/enginePorts.js";
import type { ProfileSource } from "../core/ports.js";
import type { Image, RegistryLocation, TagMutability } from "../core/registry.js";
import type { RunTarget } from "../core/push/runTarget.js";
import { suggestInstead } from "../core/push/nextFreeTag.js";
import { describeTag, type ProjectFacts, suggestTags } from "../core/push/tagSuggestions.js";
import type { KnownAccounts } from "./knownAccounts.js";
import type { SheetState } from "./buildOptions/sheet.js";
import type { ShownRegistries } from "./explorer/shownRegistries.js";
import { readKnownRegistries } from "./knownRegistries.js";
import type { RegistryChoice } from "./registryChoice.js";
import { RepositoryMemory } from "./repositoryMemory.js";
import { pickContext } from "./steps/pickContext.js";
import { pickMutability } from "./steps/pickMutability.js";
import { type KnownRegistries, listRegistries, pickRegistry } from "./steps/pickRegistry.js";
import { pickRunTarget } from "./steps/pickRunTarget.js";
import { pickRepository, type RepositoryChoice } from "./steps/pickRepository.js";
import { type PickedTag, pickTags } from "./steps/pickTags.js";
import { mapAnswer, runWizard, type Step, type StepAnswer, type StepPosition } from "./wizard.js";

/** What the wizard asks AWS and the engine with. */
export interface PushWizardPorts {
  readonly choice: RegistryChoice;
  readonly shown: Pick<ShownRegistries, "list">;
  readonly profiles: () => Promise<ProfileSource>;
  readonly accounts: KnownAccounts;
  readonly registries: OpenRegistries;
  readonly engine: () => Promise<ImageEngine>;
  /** The workspace's state, which keeps where each repository was pushed to. */
  readonly state: vscode.Memento;
}

/** What is pushed, as far as the questions depend on it. */
export interface PushSubject {
  readonly title: string;
  /** A repository name to propose; need not be valid. */
  readonly name: string;
  /** Folders that may be the build context; empty for a local image, which is built already. */
  readonly contexts: readonly string[];
  readonly readFacts: () => Promise<ProjectFacts>;
  /** Asks for the options of the build, and where it will run, as the last question. */
  readonly askOptions?: (
    draft: PushDraft,
    position: StepPosition,
  ) => Promise<StepAnswer<OptionsAnswer>>;
}

/** What the sheet of options asks. */
export interface OptionsAnswer {
  readonly options: SheetState;
  readonly runsOn: RunTarget;
}

/** The answers so far; the wizard begins with those that are known. */
export interface PushDraft {
  readonly registry?: RegistryLocation;
  readonly repository?: RepositoryChoice;
  readonly mutability?: TagMutability["default"];
  readonly tags?: readonly PickedTag[];
  /** The tags of a push that was refused, to be asked for anew. */
  readonly refusedTags?: readonly PickedTag[];
  readonly runsOn?: RunTarget;
  readonly context?: string;
  /** Has the last word on the platforms. */
  readonly options?: SheetState;
}

/** All answers of the wizard. */
export interface PushPlan {
  readonly registry: RegistryLocation;
  readonly repository: RepositoryChoice;
  readonly mutability: TagMutability["default"];
  readonly tags: readonly PickedTag[];
  readonly runsOn: RunTarget;
  readonly context: string | undefined;
  readonly options: SheetState | undefined;
}

/** Asks registry, repository, tags, where it will run and the context; `last` marks the former answers. */
export async function askPushPlan(
  ports: PushWizardPorts,
  subject: PushSubject,
  preset: PushDraft,
  last: PushDraft,
): Promise<PushPlan | undefined> {
  const former = preset.registry ?? last.registry;
  const read = await readKnownRegistries(ports, former);
  const memory = new RepositoryMemory(ports.state);
  const recalled = former ? undefined : memory.recall(subject.name, read.profiles);
  const known = { ...read, current: recalled ?? read.current };
  const only = listRegistries(known);
  const registry = preset.registry ?? (only.length === 1 ? only[0] : undefined);
  const draft = { ...preset, ...(registry === undefined ? {} : { registry }) };
  const steps = makeSteps(ports, subject, known, draft, last);
  const answers = await runWizard<PushDraft>(subject.title, steps, draft);
  if (!answers) return undefined;
  const plan = complete(answers, subject);
  await memory.remember(repositoryName(plan.repository), plan.registry);
  return plan;
}

function makeSteps(
  ports: PushWizardPorts,
  subject: PushSubject,
  known: KnownRegistries,
  preset: PushDraft,
  last: PushDraft,
): Step<PushDraft>[] {
  const { askOptions } = subject;
  const asksOptions = askOptions !== undefined || preset.options !== undefined;
  return [
    {
      isNeeded: () => preset.registry === undefined,
      ask: async (draft, position) =>
        mapAnswer(await pickRegistry(known, position), (registry) => ({ ...draft, registry })),
    },
    {
      isNeeded: () => preset.repository === undefined,
      ask: async (draft, position) => {
        const registry = await ports.registries.open(required(draft.registry));
        const current = last.repository && repositoryName(last.repository);
        const hints = { current, proposal: subject.name };
        const answer = await pickRepository(registry, hints, position);
        return mapAnswer(answer, (repository) => ({ ...draft, repository }));
      },
    },
    {
      // Tags of public repositories can always move.
      isNeeded: ({ repository, registry }) =>
        repository?.kind === "new" && !registry?.service && preset.mutability === undefined,
      ask: async (draft, position) => {
        const name = repositoryName(required(draft.repository));
        const placeholder = vscode.l10n.t("Tags of the new repository {0}", name);
        const answer = await pickMutability(placeholder, position);
        return mapAnswer(answer, (mutability) => ({ ...draft, mutability }));
      },
    },
    {
      isNeeded: () => preset.tags === undefined,
      ask: async (draft, position) => {
        const question = await askTags(ports, subject, draft);
        return mapAnswer(await pickTags(question, position), (tags) => ({ ...draft, tags }));
      },
    },
    {
      isNeeded: () => subject.contexts.length > 0 && !asksOptions && preset.runsOn === undefined,
      ask: async (draft, position) => {
        const answer = await pickRunTarget(() => enginePlatform(ports), last.runsOn, position);
        return mapAnswer(answer, (runsOn) => ({ ...draft, runsOn }));
      },
    },
    {
      isNeeded: () => subject.contexts.length > 1 && preset.context === undefined,
      ask: async (draft, position) => {
        const answer = await pickContext(subject.contexts, last.context, position);
        return mapAnswer(answer, (context) => ({ ...draft, context }));
      },
    },
    {
      isNeeded: () => askOptions !== undefined && preset.options === undefined,
      ask: async (draft, position) => {
        const answer = await required(askOptions)(draft, position);
        return mapAnswer(answer, (chosen) => ({ ...draft, ...chosen }));
      },
    },
  ];
}

async function askTags(
  ports: PushWizardPorts,
  subject: PushSubject,
  draft: PushDraft,
): Promise<Parameters<typeof pickTags>[0]> {
  const repository = required(draft.repository);
  const registry = await ports.registries.open(required(draft.registry));
  const mutability: TagMutability =
    repository.kind === "existing"
      ? repository.repository.tagMutability
      : { default: draft.mutability ?? "mutable", exclusions: [] };
  const facts = await subject.readFacts();
  let images: readonly Image[] = [];
  return {
    repository: repositoryName(repository),
    isDirty: facts.isDirty,
    load: async (show, signal) => {
      // What was refused is no proposal before it is known what is free.
      show(suggestTags(facts, images, mutability), draft.refusedTags && []);
      if (repository.kind !== "existing") return;
      for await (const listing of readImages(registry, repository.repository.name, signal)) {
        images = listing.items;
      }
      const suggestions = suggestTags(facts, images, mutability);
      if (!draft.refusedTags) {
        show(suggestions);
        return;
      }
      const instead = suggestInstead(draft.refusedTags, images, mutability);
      const proposed = instead.map(({ tag }) => tag);
      show([...instead, ...suggestions.filter(({ tag }) => !proposed.includes(tag))], proposed);
    },
    describe: (tag) => describeTag(tag, "typed", images, mutability),
  };
}

/** Returns the engine's own platform; undefined where none answers in time. */
export async function enginePlatform(
  ports: Pick<PushWizardPorts, "engine">,
): Promise<string | undefined> {
  const engine = await ports.engine();
  return await engine.describe(AbortSignal.timeout(5000)).then(
    ({ platform }) => platform,
    () => undefined,
  );
}

function complete(draft: PushDraft, subject: PushSubject): PushPlan {
  return {
    registry: required(draft.registry),
    repository: required(draft.repository),
    mutability: draft.mutability ?? "mutable",
    tags: required(draft.tags),
    runsOn: draft.runsOn ?? "anything",
    context: draft.context ?? subject.contexts[0],
    options: draft.options,
  };
}

/** Returns the name of the repository, new or not. */
export function repositoryName(choice: RepositoryChoice): string {
  return choice.kind === "existing" ? choice.repository.name : choice.name;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error(vscode.l10n.t("a question of the wizard has no answer"));
  return value;
}
