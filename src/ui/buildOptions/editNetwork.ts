import * as vscode from "vscode";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

/** Asks which network the steps of the build have. */
export async function editNetwork(
  sheet: Sheet,
  state: SheetState,
): Promise<StepAnswer<SheetState>> {
  const current = state.choices.network ?? "default";
  const answer = await pickOne<"default" | "none" | "host">(below(sheet), {
    placeholder: vscode.l10n.t("Network of RUN steps"),
    isActive: (value) => value === current,
    load: (show) => {
      show(networkItems());
      return Promise.resolve();
    },
  });
  return mapAnswer(answer, (value) =>
    choose(state, { network: value === "default" ? undefined : value }),
  );
}

function networkItems(): readonly ChoiceItem<"default" | "none" | "host">[] {
  const { t } = vscode.l10n;
  return [
    {
      label: t("The engine's own"),
      detail: t("Steps reach the network as containers do"),
      iconPath: new vscode.ThemeIcon("globe"),
      value: "default",
    },
    {
      label: t("None"),
      detail: t("Steps reach nothing"),
      iconPath: new vscode.ThemeIcon("circle-slash"),
      value: "none",
    },
    {
      label: t("The host's"),
      detail: t("Steps reach what the engine's machine reaches, its own services as well"),
      iconPath: new vscode.ThemeIcon("vm"),
      value: "host",
    },
  ];
}
