import * as vscode from "vscode";
import { reasonAgainstSource, type SecretSource } from "../../core/build/buildChoices.js";
import { parseVariableName } from "../../core/build/buildOptionRules.js";
import { askChecked } from "../steps/askChecked.js";
import { reasonAgainst } from "../tryParse.js";
import type { StepAnswer } from "../wizard.js";
import { absolutePath } from "./absolutePath.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

/** Asks for the variable, the file or the value of a secret; says while it is typed what is wrong. */
export async function askSource(
  sheet: Sheet,
  state: SheetState,
  id: string,
  kind: SecretSource["kind"],
): Promise<StepAnswer<SheetState>> {
  const current = state.choices.secrets[id];
  const give = (source: SecretSource): SheetState =>
    choose(state, { secrets: { ...state.choices.secrets, [id]: source } });
  switch (kind) {
    case "environment": {
      const answer = await askVariable(
        sheet,
        id,
        current?.kind === kind ? current.name : undefined,
      );
      if (answer.kind !== "answer") return answer;
      return { kind: "answer", value: give({ kind, name: answer.value.trim() }) };
    }
    case "file": {
      const answer = await askFile(sheet, id, current?.kind === kind ? current.path : undefined);
      if (answer.kind !== "answer") return answer;
      return { kind: "answer", value: give({ kind, path: absolutePath(sheet, answer.value) }) };
    }
    case "typed": {
      const answer = await askValue(sheet, id);
      if (answer.kind !== "answer") return answer;
      const typed = new Map([...state.typed, [`secret:${id}`, answer.value]]);
      return { kind: "answer", value: { ...give({ kind }), typed } };
    }
  }
}

/** Asks for the value of a secret behind dots. */
export function askValue(sheet: Pick<Sheet, "title">, id: string): Promise<StepAnswer<string>> {
  const prompt = vscode.l10n.t("Value of the secret {0}; it is kept nowhere", id);
  const check = (text: string): string | undefined =>
    text === "" ? vscode.l10n.t("It holds nothing yet.") : undefined;
  return askChecked({ prompt, isSecret: true, check }, below(sheet));
}

function askVariable(
  sheet: Sheet,
  id: string,
  current: string | undefined,
): Promise<StepAnswer<string>> {
  const likely = id.toUpperCase().replace(/\W/g, "_");
  const proposal = sheet.sources.variable(likely) === undefined ? "" : likely;
  return askChecked(
    {
      prompt: vscode.l10n.t("Name of the environment variable with the secret {0}", id),
      proposal: current ?? proposal,
      check: (text) => {
        const name = text.trim();
        const reason = reasonAgainst(parseVariableName, name);
        return reason ?? reasonAgainstSource({ kind: "environment", name }, sheet.sources);
      },
    },
    below(sheet),
  );
}

function askFile(
  sheet: Sheet,
  id: string,
  current: string | undefined,
): Promise<StepAnswer<string>> {
  const { t } = vscode.l10n;
  const tooltip = t("Browse…");
  return askChecked(
    {
      prompt: t("Path of the file with the secret {0}", id),
      placeholder: "~/.npmrc",
      proposal: current ?? "",
      check: (text) =>
        text.trim() === ""
          ? t("It looks like ~/.npmrc, or is relative to the Dockerfile.")
          : sheet.sources.reasonAgainstFile(absolutePath(sheet, text)),
      find: {
        button: { iconPath: new vscode.ThemeIcon("folder-opened"), tooltip },
        run: async () => {
          const title = t("Secret {0}", id);
          return (await vscode.window.showOpenDialog({ title }))?.[0]?.fsPath;
        },
      },
    },
    below(sheet),
  );
}
