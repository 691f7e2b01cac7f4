import * as vscode from "vscode";
import type { ChoiceItem } from "../pickOne.js";
import { askChecked } from "../steps/askChecked.js";
import { reasonAgainst } from "../tryParse.js";
import type { StepAnswer } from "../wizard.js";
import { doneItem, editList } from "./editList.js";
import { below, type Sheet } from "./sheet.js";

/** What lists of typed entries differ in. */
export interface EntryList<E> {
  readonly placeholder: string;
  readonly add: string;
  readonly prompt: string;
  readonly example: string;
  readonly icon: string;
  /** What two entries can't have in common; it is the label of an entry's row as well. */
  readonly name: (entry: E) => string;
  readonly describe: (entry: E) => string;
  /** Writes an entry as it is typed. */
  readonly format: (entry: E) => string;
  /** Reads an entry, or throws `invalid-input`. */
  readonly parse: (text: string) => E;
  /** Says what is wrong with an entry besides its form. */
  readonly check?: (entry: E) => Promise<string | undefined>;
}

/** Lists entries, and lets them be added, changed and removed, until people are done. */
export function editEntries<E>(
  sheet: Pick<Sheet, "title">,
  entries: readonly E[],
  list: EntryList<E>,
): Promise<StepAnswer<readonly E[]>> {
  return editList<readonly E[]>(entries, {
    position: below(sheet),
    placeholder: list.placeholder,
    items: (now) => [
      doneItem(),
      ...now.map((entry) => ({
        ...entryItem(list, entry),
        value: (state: readonly E[]) => askEntry(sheet, list, state, entry),
      })),
      {
        label: list.add,
        iconPath: new vscode.ThemeIcon("add"),
        value: (state: readonly E[]) => askEntry(sheet, list, state, undefined),
      },
    ],
  });
}

function entryItem<E>({ name, describe, icon }: EntryList<E>, entry: E): ChoiceItem<never> {
  const iconPath = new vscode.ThemeIcon(icon);
  return { label: name(entry), description: describe(entry), iconPath };
}

async function askEntry<E>(
  sheet: Pick<Sheet, "title">,
  { prompt, example, name, format, parse, check }: EntryList<E>,
  entries: readonly E[],
  changed: E | undefined,
): Promise<StepAnswer<readonly E[]>> {
  const isRemoved = (text: string): boolean => changed !== undefined && text.trim() === "";
  const answer = await askChecked(
    {
      prompt: changed === undefined ? prompt : vscode.l10n.t("{0}; nothing removes it", prompt),
      placeholder: example,
      proposal: changed === undefined ? "" : format(changed),
      check: (text) => {
        if (isRemoved(text)) return undefined;
        return reasonAgainst(parse, text) ?? check?.(parse(text));
      },
    },
    below(sheet),
  );
  if (answer.kind !== "answer") return answer;
  if (isRemoved(answer.value)) {
    return { kind: "answer", value: entries.filter((entry) => entry !== changed) };
  }
  const typed = parse(answer.value);
  const isOther = (entry: E): boolean => entry === changed || name(entry) !== name(typed);
  const others = entries.filter(isOther);
  const value =
    changed === undefined
      ? [...others, typed]
      : others.map((entry) => (entry === changed ? typed : entry));
  return { kind: "answer", value };
}
