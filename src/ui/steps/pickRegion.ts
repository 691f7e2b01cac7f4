import * as vscode from "vscode";
import { AWS_REGIONS } from "../../core/awsRegions.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { tryParse } from "../tryParse.js";
import { parseRegion } from "../../core/imageReference.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** Asks for an AWS region; one that the list lacks can be typed. */
export async function pickRegion(
  current: string | undefined,
  position: StepPosition,
): Promise<StepAnswer<string>> {
  return await pickOne<string>(position, {
    placeholder: vscode.l10n.t("AWS region"),
    isActive: (region) => region === current,
    typed: (text, items) =>
      tryParse(parseRegion, text) && !items.some(({ label }) => label === text)
        ? { label: text, iconPath: new vscode.ThemeIcon("globe"), alwaysShow: true, value: text }
        : undefined,
    load: (show) => {
      show(AWS_REGIONS.map(({ id, place }) => regionItem(id, place)));
      return Promise.resolve();
    },
  });
}

function regionItem(id: string, place: string): ChoiceItem<string> {
  return { label: id, description: place, iconPath: new vscode.ThemeIcon("globe"), value: id };
}
