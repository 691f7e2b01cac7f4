import * as vscode from "vscode";
import type { TagMutability } from "../../core/registry.js";
import { pickOne } from "../pickOne.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** Asks whether tags of a repository may move; `current` is the rule to start on. */
export async function pickMutability(
  placeholder: string,
  position: StepPosition,
  current?: TagMutability["default"],
): Promise<StepAnswer<TagMutability["default"]>> {
  return await pickOne<TagMutability["default"]>(position, {
    placeholder,
    isActive: (rule) => rule === current,
    load: (show) => {
      show([
        {
          label: vscode.l10n.t("Mutable tags"),
          detail: vscode.l10n.t("A tag such as latest can move to a newer image."),
          iconPath: new vscode.ThemeIcon("tag"),
          value: "mutable",
        },
        {
          label: vscode.l10n.t("Immutable tags"),
          detail: vscode.l10n.t("A tag names the same image for ever; each push needs a new tag."),
          iconPath: new vscode.ThemeIcon("lock"),
          value: "immutable",
        },
      ]);
      return Promise.resolve();
    },
  });
}
