import * as vscode from "vscode";
import { isSecretName } from "../../core/build/buildChoices.js";
import { parseArgument } from "../../core/build/buildOptionRules.js";
import { type ArgOutline, settableArgs } from "../../core/build/dockerfileOutline.js";
import { pickOne } from "../pickOne.js";
import { askChecked } from "../steps/askChecked.js";
import { reasonAgainst } from "../tryParse.js";
import type { StepAnswer } from "../wizard.js";
import { argItem, listArgs, type ShownArg } from "./argItems.js";
import { doneItem, editList } from "./editList.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

/** Lists the build arguments and lets each be set, until people are done. */
export function editArgs(sheet: Sheet, state: SheetState): Promise<StepAnswer<SheetState>> {
  return editList<SheetState>(state, {
    position: below(sheet),
    placeholder: vscode.l10n.t("Build arguments: pick one to set it"),
    items: (now) => [
      doneItem(),
      ...listArgs(settableArgs(sheet.outline, now.choices.target), now.choices).map((arg) =>
        argItem(arg, (s: SheetState) => editArg(sheet, s, arg)),
      ),
      {
        label: vscode.l10n.t("Set Another Argument…"),
        iconPath: new vscode.ThemeIcon("add"),
        value: (s) => addArg(sheet, s),
      },
    ],
  });
}

async function editArg(
  sheet: Sheet,
  state: SheetState,
  { name, declared, isSet }: ShownArg,
): Promise<StepAnswer<SheetState>> {
  if (!isSet) return await askValue(sheet, state, name, declared);
  const { t } = vscode.l10n;
  const answer = await pickOne<"change" | "unset">(below(sheet), {
    placeholder: name,
    load: (show) => {
      const unset = declared ? t("Use the Default") : t("Remove");
      show([
        { label: t("Change Value…"), iconPath: new vscode.ThemeIcon("edit"), value: "change" },
        {
          label: unset,
          ...(declared?.defaultValue === undefined ? {} : { description: declared.defaultValue }),
          iconPath: new vscode.ThemeIcon("discard"),
          value: "unset",
        },
      ]);
      return Promise.resolve();
    },
  });
  if (answer.kind !== "answer") return answer;
  return answer.value === "change"
    ? await askValue(sheet, state, name, declared)
    : { kind: "answer", value: unsetArg(state, name) };
}

async function askValue(
  sheet: Sheet,
  state: SheetState,
  name: string,
  declared: ArgOutline | undefined,
): Promise<StepAnswer<SheetState>> {
  const { t } = vscode.l10n;
  const isSecret = isSecretName(name);
  const value = await askChecked(
    {
      prompt: isSecret
        ? t(
            "Value of {0}, not kept here. The image's history shows it; a secret mount does not.",
            name,
          )
        : t("Value of {0}", name),
      ...(isSecret
        ? { isSecret }
        : { proposal: state.choices.args[name] ?? declared?.defaultValue ?? "" }),
    },
    below(sheet),
  );
  return value.kind === "answer" ? { ...value, value: setArg(state, name, value.value) } : value;
}

async function addArg(sheet: Sheet, state: SheetState): Promise<StepAnswer<SheetState>> {
  const answer = await askChecked(
    {
      prompt: vscode.l10n.t("A build argument and its value"),
      placeholder: "HTTP_PROXY=http://proxy.example:3128",
      check: (text) => reasonAgainst(parseArgument, text),
    },
    below(sheet),
  );
  if (answer.kind !== "answer") return answer;
  return { kind: "answer", value: setArg(state, ...parseArgument(answer.value)) };
}

/** A value whose argument sounds secret goes where nothing is kept. */
function setArg(state: SheetState, name: string, value: string): SheetState {
  const { choices, typed } = unsetArg(state, name);
  return isSecretName(name)
    ? {
        choices: { ...choices, typedArgs: [...choices.typedArgs, name] },
        typed: new Map([...typed, [`argument:${name}`, value]]),
      }
    : { choices: { ...choices, args: { ...choices.args, [name]: value } }, typed };
}

function unsetArg(state: SheetState, name: string): SheetState {
  const { args, typedArgs } = state.choices;
  const left = Object.entries(args).filter(([other]) => other !== name);
  return {
    ...choose(state, {
      args: Object.fromEntries(left),
      typedArgs: typedArgs.filter((other) => other !== name),
    }),
    typed: new Map([...state.typed].filter(([key]) => key !== `argument:${name}`)),
  };
}
