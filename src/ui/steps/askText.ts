import * as vscode from "vscode";
import { asSentence } from "../asSentence.js";
import { parseOrReason } from "../tryParse.js";
import { place, type StepAnswer, type StepPosition } from "../wizard.js";

/** Asks for a text that `parse` accepts; what it breaks is said while the user types. */
export async function askText(
  prompt: string,
  proposal: string,
  parse: (text: string) => string,
  position: StepPosition,
): Promise<StepAnswer<string>> {
  const input = vscode.window.createInputBox();
  place(input, position);
  input.value = proposal;
  input.prompt = prompt;
  const check = (): string | undefined => {
    const parsed = parseOrReason(parse, input.value.trim());
    input.validationMessage = "reason" in parsed ? asSentence(parsed.reason) : undefined;
    return "value" in parsed ? parsed.value : undefined;
  };
  try {
    return await new Promise<StepAnswer<string>>((resolve) => {
      input.onDidChangeValue(check);
      input.onDidTriggerButton(() => {
        resolve({ kind: "back" });
      });
      input.onDidAccept(() => {
        const value = check();
        if (value !== undefined) resolve({ kind: "answer", value });
      });
      input.onDidHide(() => {
        resolve({ kind: "cancelled" });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
