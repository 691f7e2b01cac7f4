import * as vscode from "vscode";
import { place, type StepAnswer, type StepPosition } from "./wizard.js";

/** A quick pick row that stands for a value; rows without one are explanations. */
export interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** What a quick pick shows. */
export interface Choices<T> {
  readonly placeholder: string;
  /** Fills the list, once or more often; the list is busy until it settles. */
  readonly load: (
    show: (items: readonly ChoiceItem<T>[]) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** A row for what the user typed, shown first. */
  readonly typed?: (text: string, items: readonly ChoiceItem<T>[]) => ChoiceItem<T> | undefined;
  /** Marks the row to start on. */
  readonly isActive?: (value: T) => boolean;
}

/** Asks for one of several choices; a failure to load them rejects. */
export async function pickOne<T>(
  position: StepPosition,
  choices: Choices<T>,
): Promise<StepAnswer<T>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  const loading = new AbortController();
  place(pick, position);
  pick.placeholder = choices.placeholder;
  pick.matchOnDescription = true;
  // An image's further names stand in the detail, and people type those too.
  pick.matchOnDetail = true;
  let loaded: readonly ChoiceItem<T>[] = [];
  const render = ({ keepActive }: { readonly keepActive: boolean }): void => {
    const text = pick.value.trim();
    const typed = choices.typed?.(text, loaded);
    const [active] = pick.activeItems;
    pick.items = typed ? [typed, ...loaded] : loaded;
    // VS Code starts on the first row by itself; an empty list of active rows would undo that, and
    // Enter would do nothing.
    const start =
      (keepActive ? pick.items.find(({ label }) => label === active?.label) : undefined) ??
      (text === "" ? loaded.find(({ value }) => isStart(choices, value)) : undefined);
    if (start) pick.activeItems = [start];
  };
  try {
    return await new Promise<StepAnswer<T>>((resolve, reject) => {
      pick.onDidChangeValue(() => {
        // What was active need not match the new filter.
        render({ keepActive: false });
      });
      pick.onDidTriggerButton(() => {
        resolve({ kind: "back" });
      });
      pick.onDidAccept(() => {
        const value = pick.selectedItems[0]?.value;
        if (value !== undefined) resolve({ kind: "answer", value });
      });
      pick.onDidHide(() => {
        resolve({ kind: "cancelled" });
      });
      pick.busy = true;
      pick.show();
      const show = (items: readonly ChoiceItem<T>[]): void => {
        if (loading.signal.aborted) return;
        loaded = items;
        render({ keepActive: true });
      };
      choices
        .load(show, loading.signal)
        .then(() => {
          pick.busy = false;
        })
        .catch(reject);
    });
  } finally {
    loading.abort();
    pick.dispose();
  }
}

function isStart<T>({ isActive }: Choices<T>, value: T | undefined): boolean {
  return value !== undefined && isActive?.(value) === true;
}
