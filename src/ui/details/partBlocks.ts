import * as vscode from "vscode";
import { asEcrError, EcrError, type Failure } from "../../core/errors.js";
import type { Outcome } from "../../core/images/imageDetails/readDetails.js";
import { explain } from "../failures/explain.js";
import { type Remedy, type RemedyActions, remedyLabel } from "../failures/remedies.js";
import type { PageBlock, PageButton } from "../pages/pageModel.js";

/** What the buttons of a failed part do; their names come back from the page. */
export type ActionsOf = (failure: Failure) => RemedyActions;

/** How the action of a remedy's button begins; the part and the remedy follow. */
const REMEDY_ACTION = "remedy";

/** Shows a part as it stands: being read, failed with its remedies, or by its value. */
export function partBlocks<T>(
  part: string,
  outcome: Outcome<T> | undefined,
  actionsOf: ActionsOf,
  show: (value: T) => readonly PageBlock[],
): readonly PageBlock[] {
  if (!outcome) return [{ kind: "text", text: vscode.l10n.t("Reading…"), tone: "muted" }];
  return outcome.state === "known"
    ? show(outcome.value)
    : failedBlocks(part, outcome.error, actionsOf);
}

/** Does what the button of a failed part is for, given the action that came back from the page. */
export function pressRemedy(
  action: string,
  outcomeOf: (part: string) => Outcome<unknown> | undefined,
  actionsOf: ActionsOf,
): void {
  const [kind, part = "", remedy] = action.split("/");
  const outcome = kind === REMEDY_ACTION ? outcomeOf(part) : undefined;
  if (outcome?.state !== "failed") return;
  const actions = Object.entries(actionsOf(failureOf(outcome.error)));
  actions.find(([name]) => name === remedy)?.[1]();
}

function failureOf(error: unknown): Failure {
  const known = asEcrError(error);
  return known instanceof EcrError ? known.failure : { kind: "unexpected", message: known.message };
}

function failedBlocks(part: string, error: unknown, actionsOf: ActionsOf): readonly PageBlock[] {
  const failure = failureOf(error);
  const { message, remedies } = explain(failure);
  const actions = actionsOf(failure);
  const buttons = remedies
    .filter((remedy) => actions[remedy] !== undefined)
    .map((remedy) => remedyButton(part, remedy));
  const text: PageBlock = { kind: "text", text: message, tone: "error" };
  return buttons.length === 0 ? [text] : [text, { kind: "buttons", buttons }];
}

function remedyButton(part: string, remedy: Remedy): PageButton {
  return { action: `${REMEDY_ACTION}/${part}/${remedy}`, label: remedyLabel(remedy) };
}
