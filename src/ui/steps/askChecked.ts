import * as vscode from "vscode";
import { asSentence } from "../asSentence.js";
import { place, type StepAnswer, type StepPosition } from "../wizard.js";

/** A question for a text that a check may have to look up. */
export interface CheckedQuestion {
  readonly prompt: string;
  readonly proposal?: string;
  readonly placeholder?: string;
  /** Shows dots, and gives the text to nobody but the caller. */
  readonly isSecret?: boolean;
  /** Says what is wrong with a text, or undefined. */
  readonly check?: (text: string) => string | undefined | Promise<string | undefined>;
  /** A button besides Back that finds a text in another way. */
  readonly find?: { readonly button: vscode.QuickInputButton; run(): Promise<string | undefined> };
}

/** Asks for a text as it is, spaces included; what is wrong with it is said while it is typed. */
export async function askChecked(
  question: CheckedQuestion,
  position: StepPosition,
): Promise<StepAnswer<string>> {
  const { prompt, proposal = "", placeholder, isSecret = false, check, find } = question;
  const input = vscode.window.createInputBox();
  place(input, position);
  if (find) input.buttons = [...input.buttons, find.button];
  input.prompt = prompt;
  input.placeholder = placeholder;
  input.password = isSecret;
  input.value = proposal;
  const findReason = async (): Promise<string | undefined> => {
    const { value } = input;
    const reason = await check?.(value);
    // A slow answer about a text that is no longer there says nothing.
    if (input.value === value) input.validationMessage = reason && asSentence(reason);
    return input.value === value ? reason : await findReason();
  };
  try {
    return await new Promise<StepAnswer<string>>((resolve, reject) => {
      let isFinding = false;
      input.onDidChangeValue(() => {
        findReason().catch(reject);
      });
      input.onDidTriggerButton((button) => {
        if (button !== find?.button) {
          resolve({ kind: "back" });
          return;
        }
        // The dialog takes the place of the question, which is no cancelling.
        isFinding = true;
        find
          .run()
          .then(async (found) => {
            isFinding = false;
            if (found !== undefined) input.value = found;
            input.show();
            await findReason();
          })
          .catch(reject);
      });
      input.onDidAccept(() => {
        findReason().then((reason) => {
          if (reason === undefined) resolve({ kind: "answer", value: input.value });
        }, reject);
      });
      input.onDidHide(() => {
        if (!isFinding) resolve({ kind: "cancelled" });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
