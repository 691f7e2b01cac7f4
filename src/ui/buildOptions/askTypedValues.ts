import * as vscode from "vscode";
import {
  type BuildChoices,
  listTypedKeys,
  type TypedValues,
} from "../../core/build/buildChoices.js";
import { askChecked } from "../steps/askChecked.js";
import type { StepAnswer } from "../wizard.js";
import { askValue } from "./askSource.js";
import { below } from "./sheet.js";

/** Asks for the values that are typed for each build, as far as they were not typed already. */
export async function askTypedValues(
  title: string,
  choices: BuildChoices,
  known: TypedValues,
): Promise<StepAnswer<TypedValues>> {
  const typed = new Map(known);
  for (const key of listTypedKeys(choices)) {
    if (typed.has(key)) continue;
    const name = key.slice(key.indexOf(":") + 1);
    const answer = await (key.startsWith("secret:")
      ? askValue({ title }, name)
      : askArg(title, name));
    if (answer.kind !== "answer") return answer;
    typed.set(key, answer.value);
  }
  return { kind: "answer", value: typed };
}

function askArg(title: string, name: string): Promise<StepAnswer<string>> {
  const prompt = vscode.l10n.t("Value of the build argument {0}; it is kept nowhere here", name);
  return askChecked({ prompt, isSecret: true }, below({ title }));
}
