import * as vscode from "vscode";
import type { ChoiceItem } from "./pickOne.js";
import { place, type StepAnswer, type StepPosition } from "./wizard.js";

/** Asks for any number of choices, none included. */
export async function pickMany<T>(
  position: StepPosition,
  placeholder: string,
  items: readonly ChoiceItem<T>[],
): Promise<StepAnswer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  place(pick, position);
  pick.canSelectMany = true;
  pick.placeholder = placeholder;
  pick.items = items;
  pick.selectedItems = items.filter(({ picked }) => picked === true);
  try {
    return await new Promise<StepAnswer<readonly T[]>>((resolve) => {
      pick.onDidTriggerButton(() => {
        resolve({ kind: "back" });
      });
      pick.onDidAccept(() => {
        const value = pick.selectedItems.flatMap((item) =>
          item.value === undefined ? [] : [item.value],
        );
        resolve({ kind: "answer", value });
      });
      pick.onDidHide(() => {
        resolve({ kind: "cancelled" });
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
