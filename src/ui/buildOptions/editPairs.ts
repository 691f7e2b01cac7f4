import * as vscode from "vscode";
import { parseHost, parseLabel } from "../../core/build/buildOptionRules.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { editEntries, type EntryList } from "./editEntries.js";
import { choose, type Sheet, type SheetState } from "./sheet.js";

type Pair = readonly [name: string, value: string];

/** Lists labels or host names with their values and lets them be changed, until people are done. */
export async function editPairs(
  sheet: Sheet,
  state: SheetState,
  kind: "labels" | "hosts",
): Promise<StepAnswer<SheetState>> {
  const list = kind === "labels" ? labelList() : hostList();
  const answer = await editEntries<Pair>(sheet, Object.entries(state.choices[kind]), list);
  return mapAnswer(answer, (pairs) => choose(state, { [kind]: Object.fromEntries(pairs) }));
}

function pairList(): Pick<EntryList<Pair>, "name" | "describe" | "format"> {
  return {
    name: ([name]) => name,
    describe: ([, value]) => `= ${value}`,
    format: (pair) => pair.join("="),
  };
}

function labelList(): EntryList<Pair> {
  const { t } = vscode.l10n;
  return {
    ...pairList(),
    placeholder: t("Labels of the image"),
    add: t("Add a Label…"),
    prompt: t("A label and its value"),
    example: "org.opencontainers.image.title=Shop",
    parse: parseLabel,
    icon: "tag",
  };
}

function hostList(): EntryList<Pair> {
  const { t } = vscode.l10n;
  return {
    ...pairList(),
    placeholder: t("Host names that RUN steps know besides"),
    add: t("Add a Host…"),
    prompt: t("A host name and its address"),
    example: "db.example=192.0.2.7",
    parse: parseHost,
    icon: "server",
  };
}
