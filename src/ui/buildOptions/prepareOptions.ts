import type * as vscode from "vscode";
import {
  type BuildChoices,
  makeBuildOptions,
  type TypedValues,
} from "../../core/build/buildChoices.js";
import { fitChoices } from "../../core/build/fitChoices.js";
import type { BuildOptions } from "../../core/enginePorts.js";
import { askTypedValues } from "./askTypedValues.js";
import type { OptionsPorts } from "./optionsPorts.js";

/**
 * Makes the options of one build, and asks for what is typed for each; undefined when people leave.
 *
 * Fails with `dockerfile-unreadable` or `build-option-invalid`.
 */
export async function prepareOptions(
  ports: OptionsPorts,
  title: string,
  dockerfile: vscode.Uri,
  choices: BuildChoices,
  typed: TypedValues = new Map(),
): Promise<BuildOptions | undefined> {
  const fitted = fitChoices(choices, await ports.readOutline(dockerfile.fsPath));
  const answer = await askTypedValues(title, fitted, typed);
  if (answer.kind !== "answer") return undefined;
  return makeBuildOptions(fitted, answer.value, await ports.secretSources());
}
