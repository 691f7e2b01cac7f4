import * as vscode from "vscode";
import { findStage } from "../../core/build/dockerfileOutline.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

/** Stands for "no target": no stage is called so. */
const LAST = "";

/** Asks which stage to build. */
export async function editTarget(sheet: Sheet, state: SheetState): Promise<StepAnswer<SheetState>> {
  const { outline } = sheet;
  const current = findStage(outline, state.choices.target)?.name ?? LAST;
  const answer = await pickOne<string>(below(sheet), {
    placeholder: vscode.l10n.t("Stage to build"),
    isActive: (name) => name === current,
    load: (show) => {
      show([lastItem(sheet), ...stageItems(sheet)]);
      return Promise.resolve();
    },
  });
  return mapAnswer(answer, (name) => choose(state, { target: name === LAST ? undefined : name }));
}

function lastItem({ outline }: Sheet): ChoiceItem<string> {
  const last = outline.stages.at(-1);
  return {
    label: vscode.l10n.t("The last stage"),
    description: last?.name ?? (last ? `FROM ${last.base}` : ""),
    detail: vscode.l10n.t("What a build makes by itself"),
    iconPath: new vscode.ThemeIcon("layers"),
    value: LAST,
  };
}

function stageItems({ outline }: Sheet): readonly ChoiceItem<string>[] {
  return outline.stages.flatMap(({ name, base, line, comment }) => {
    // Only a name can be asked for, and of equal names only the last is found.
    if (name === undefined || findStage(outline, name)?.line !== line) return [];
    const item = {
      label: name,
      description: vscode.l10n.t("FROM {0} · line {1}", base, line),
      iconPath: new vscode.ThemeIcon("layers"),
      value: name,
    };
    return [comment === undefined ? item : { ...item, detail: comment }];
  });
}
