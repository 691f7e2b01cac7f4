import * as vscode from "vscode";
import { noChoices } from "../../core/build/buildChoices.js";
import { mountedAgents } from "../../core/build/dockerfileOutline.js";
import { findProblem, fitChoices } from "../../core/build/fitChoices.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import type { StepAnswer, StepPosition } from "../wizard.js";
import { askTypedValues } from "./askTypedValues.js";
import { editAttestations } from "./editAttestations.js";
import { editArgs } from "./editArgs.js";
import { editCacheFrom, editCacheTo } from "./editCaches.js";
import { editContexts } from "./editContexts.js";
import { editNetwork } from "./editNetwork.js";
import { editPairs } from "./editPairs.js";
import { editPlatforms } from "./editPlatforms.js";
import { editSecrets } from "./editSecrets.js";
import { editTarget } from "./editTarget.js";
import { choose, type Sheet, type SheetState } from "./sheet.js";
import { goItem, type GoRow, heading, optionItems, type SheetRow } from "./sheetRows.js";

/** The rows that one use of the sheet adds, such as the name of the image. */
export interface OwnRows<R extends string> {
  readonly title: string;
  readonly items: readonly ChoiceItem<R>[];
}

/** What the sheet came to: the build may begin, or a row of the caller was picked. */
export interface SheetAnswer<R extends string> {
  readonly picked: "go" | R;
  readonly state: SheetState;
}

/** Shows the options until the build may begin, with all that it needs, or another row is picked. */
export async function askOptions<R extends string>(
  sheet: Sheet,
  initial: SheetState,
  go: GoRow,
  own: OwnRows<R> | undefined,
  position: StepPosition,
  start: "go" | R = "go",
): Promise<StepAnswer<SheetAnswer<R>>> {
  let state = initial;
  let showsAll = false;
  for (let active: SheetRow | R = start; ;) {
    const { choices } = state;
    const { dockerfile, outline, sources } = sheet;
    const problem = await findProblem(choices, dockerfile, outline, sources);
    const answer = await pickOne<SheetRow | R>(position, {
      placeholder: vscode.l10n.t("Options of this build"),
      isActive: (value) => value === active,
      load: (show) => {
        const ownItems = own ? [heading(own.title), ...own.items] : [];
        show([
          goItem(sheet, state, go, problem),
          ...ownItems,
          ...optionItems(sheet, state, showsAll),
        ]);
        return Promise.resolve();
      },
    });
    if (answer.kind !== "answer") return answer;
    active = answer.value;
    if (isOwn(own, active)) return { kind: "answer", value: { picked: active, state } };
    if (active === "more") {
      showsAll = true;
      active = "labels";
      continue;
    }
    if (active !== "go" || problem) {
      // What keeps the build from beginning is what there is to ask about.
      const edited = await edit(sheet, state, active === "go" ? fixOf(problem) : active);
      if (edited.kind === "cancelled") return edited;
      if (edited.kind === "answer") state = edited.value;
      continue;
    }
    const fitted = fitChoices(choices, outline);
    const typed = await askTypedValues(sheet.title, fitted, state.typed);
    if (typed.kind === "cancelled") return typed;
    if (typed.kind === "answer") {
      return { kind: "answer", value: { picked: "go", state: { choices, typed: typed.value } } };
    }
  }
}

function isOwn<R extends string>(own: OwnRows<R> | undefined, row: SheetRow | R): row is R {
  return own?.items.some(({ value }) => value === row) === true;
}

function fixOf(problem: Awaited<ReturnType<typeof findProblem>>): SheetRow {
  if (problem?.kind === "ssh-agent-missing") return "agents";
  const isTarget = problem?.kind === "build-option-invalid" && problem.option === "target";
  return isTarget ? "target" : "secrets";
}

/** Asks what a row is about; rows with two states only change. */
async function edit(sheet: Sheet, state: SheetState, row: string): Promise<StepAnswer<SheetState>> {
  const { noCache, pull } = state.choices;
  switch (row) {
    case "target":
      return editTarget(sheet, state);
    case "args":
      return editArgs(sheet, state);
    case "secrets":
      return editSecrets(sheet, state);
    case "agents":
      return answered(toggleAgents(sheet, state));
    case "platforms":
      return editPlatforms(sheet, state);
    case "attestations":
      return editAttestations(sheet, state);
    case "cache":
      return answered(choose(state, { noCache: !noCache }));
    case "pull":
      return answered(choose(state, { pull: !pull }));
    case "network":
      return editNetwork(sheet, state);
    case "labels":
    case "hosts":
      return editPairs(sheet, state, row);
    case "contexts":
      return editContexts(sheet, state);
    case "cacheFrom":
      return editCacheFrom(sheet, state);
    case "cacheTo":
      return editCacheTo(sheet, state);
    case "reset":
      return answered({ choices: noChoices, typed: new Map() });
    default:
      return { kind: "back" };
  }
}

function toggleAgents({ outline }: Sheet, state: SheetState): SheetState {
  const ids = mountedAgents(outline, state.choices.target).map(({ id }) => id);
  const isLent = ids.every((id) => state.choices.agents.includes(id));
  return choose(state, { agents: isLent ? [] : ids });
}

function answered(state: SheetState): StepAnswer<SheetState> {
  return { kind: "answer", value: state };
}
