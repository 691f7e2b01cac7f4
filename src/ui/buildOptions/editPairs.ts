import * as vscode from "vscode";
import { parseHost, parseLabel } from "../../core/buildOptionRules.js";
import { askChecked } from "../steps/askChecked.js";
import { reasonAgainst } from "../tryParse.js";
import type { StepAnswer } from "../wizard.js";
import { doneItem, editList } from "./editList.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

type Pairs = Readonly<Record<string, string>>;

/** What the two lists of pairs differ in. */
interface PairWords {
  readonly placeholder: string;
  readonly add: string;
  readonly prompt: string;
  readonly example: string;
  readonly parse: (text: string) => readonly [name: string, value: string];
  readonly icon: string;
}

/** Lists labels or host names with their values and lets them be changed, until people are done. */
export async function editPairs(
  sheet: Sheet,
  state: SheetState,
  kind: "labels" | "hosts",
): Promise<StepAnswer<SheetState>> {
  const words = kind === "labels" ? labelWords() : hostWords();
  const answer = await editList<Pairs>(state.choices[kind], {
    position: below(sheet),
    placeholder: words.placeholder,
    items: (pairs) => [
      doneItem(),
      ...Object.entries(pairs).map(([name, value]) => ({
        label: name,
        description: `= ${value}`,
        iconPath: new vscode.ThemeIcon(words.icon),
        value: (now: Pairs) => askPair(sheet, words, now, name),
      })),
      {
        label: words.add,
        iconPath: new vscode.ThemeIcon("add"),
        value: (now: Pairs) => askPair(sheet, words, now, undefined),
      },
    ],
  });
  if (answer.kind !== "answer") return answer;
  return { kind: "answer", value: choose(state, { [kind]: answer.value }) };
}

async function askPair(
  sheet: Sheet,
  { prompt, example, parse }: PairWords,
  pairs: Pairs,
  changed: string | undefined,
): Promise<StepAnswer<Pairs>> {
  const isRemoved = (text: string): boolean => changed !== undefined && text.trim() === "";
  const answer = await askChecked(
    {
      prompt: changed === undefined ? prompt : vscode.l10n.t("{0}; nothing removes it", prompt),
      placeholder: example,
      proposal: changed === undefined ? "" : `${changed}=${pairs[changed] ?? ""}`,
      check: (text) => (isRemoved(text) ? undefined : reasonAgainst(parse, text)),
    },
    below(sheet),
  );
  if (answer.kind !== "answer") return answer;
  const others = Object.entries(pairs).filter(([name]) => name !== changed);
  const value = isRemoved(answer.value) ? others : [...others, parse(answer.value)];
  return { kind: "answer", value: Object.fromEntries(value) };
}

function labelWords(): PairWords {
  const { t } = vscode.l10n;
  return {
    placeholder: t("Labels of the image"),
    add: t("Add a Label…"),
    prompt: t("A label and its value"),
    example: "org.opencontainers.image.title=Shop",
    parse: parseLabel,
    icon: "tag",
  };
}

function hostWords(): PairWords {
  const { t } = vscode.l10n;
  return {
    placeholder: t("Host names that RUN steps know besides"),
    add: t("Add a Host…"),
    prompt: t("A host name and its address"),
    example: "db.example=192.0.2.7",
    parse: parseHost,
    icon: "server",
  };
}
