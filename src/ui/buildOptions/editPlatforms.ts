import * as vscode from "vscode";
import { parsePlatform } from "../../core/imageReference.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { pickMany } from "../pickMany.js";
import { parseOrReason } from "../tryParse.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

/** Stands for the engine's own platform. */
const OWN = "";
const USUAL = ["linux/amd64", "linux/arm64"];

/** Asks for the platforms, or for one where the engine builds for one at a time. */
export async function editPlatforms(
  sheet: Sheet,
  state: SheetState,
): Promise<StepAnswer<SheetState>> {
  const { platforms } = state.choices;
  const engine = await sheet.describeEngine();
  const { t } = vscode.l10n;
  if (engine && engine.reasonAgainstDirectPush === undefined) {
    const names = [...new Set([...USUAL, ...platforms])];
    const items = names.map((name) => ({
      ...platformItem(name),
      picked: platforms.includes(name),
    }));
    const placeholder = t("Platforms; none stands for this engine's own, {0}", engine.platform);
    const answer = await pickMany<string>(below(sheet), placeholder, items);
    return mapAnswer(answer, (chosen) => choose(state, { platforms: chosen }));
  }
  const [current = OWN] = platforms;
  const answer = await pickOne<string>(below(sheet), {
    placeholder: t("Platform: this engine builds for one at a time"),
    isActive: (name) => name === current,
    load: (show) => {
      const names = [...new Set([...USUAL, ...platforms])];
      show([ownItem(engine?.platform), ...names.map(platformItem)]);
      return Promise.resolve();
    },
    typed: typedItem,
  });
  return mapAnswer(answer, (name) => choose(state, { platforms: name === OWN ? [] : [name] }));
}

function ownItem(platform: string | undefined): ChoiceItem<string> {
  return {
    label: vscode.l10n.t("This engine's platform"),
    ...(platform === undefined ? {} : { description: platform }),
    iconPath: new vscode.ThemeIcon("vm"),
    value: OWN,
  };
}

function platformItem(name: string): ChoiceItem<string> {
  return { label: name, iconPath: new vscode.ThemeIcon("chip"), value: name };
}

/** The row for a typed platform, or why it can't be one. */
function typedItem(
  text: string,
  items: readonly ChoiceItem<string>[],
): ChoiceItem<string> | undefined {
  if (text === "" || items.some(({ label }) => label.includes(text))) return undefined;
  const parsed = parseOrReason(parsePlatform, text);
  if ("value" in parsed) return { ...platformItem(parsed.value), alwaysShow: true };
  return {
    label: vscode.l10n.t("“{0}” is no valid platform", text),
    detail: parsed.reason,
    iconPath: new vscode.ThemeIcon("error"),
    alwaysShow: true,
  };
}
