import * as vscode from "vscode";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** What a row of a list does to what is edited; `done` leaves the list. */
type RowAction<S> = "done" | ((state: S) => Promise<StepAnswer<S>>);

/** A list whose rows edit something. */
export interface EditableList<S> {
  readonly position: StepPosition;
  readonly placeholder: string;
  readonly items: (state: S) => readonly ChoiceItem<RowAction<S>>[];
}

/** The row that leaves a list, for people without a mouse. */
export function doneItem(): ChoiceItem<"done"> {
  const iconPath = new vscode.ThemeIcon("check");
  return { label: vscode.l10n.t("Done"), iconPath, value: "done" };
}

/** Shows a list again after each edit, until people are done or go back, which keeps the edits. */
export async function editList<S>(
  initial: S,
  { position, placeholder, items }: EditableList<S>,
): Promise<StepAnswer<S>> {
  let state = initial;
  for (let last: string | undefined; ;) {
    const shown = items(state);
    const start = shown.find(({ label }) => label === last)?.value;
    const answer = await pickOne<RowAction<S>>(position, {
      placeholder,
      isActive: (value) => value === start,
      load: (show) => {
        show(shown);
        return Promise.resolve();
      },
    });
    if (answer.kind === "cancelled") return answer;
    if (answer.kind === "back" || answer.value === "done") return { kind: "answer", value: state };
    last = shown.find(({ value }) => value === answer.value)?.label;
    const edited = await answer.value(state);
    if (edited.kind === "cancelled") return edited;
    if (edited.kind === "answer") state = edited.value;
  }
}
