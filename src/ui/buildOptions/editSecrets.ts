import * as vscode from "vscode";
import type { SecretSource } from "../../core/build/buildChoices.js";
import { type MountOutline, mountedSecrets } from "../../core/build/dockerfileOutline.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import type { StepAnswer } from "../wizard.js";
import { askSource } from "./askSource.js";
import { doneItem, editList } from "./editList.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";
import { sourceText } from "./sourceText.js";

type Change = SecretSource["kind"] | "none";

/** Lists the secrets that the Dockerfile mounts and lets each be given, until people are done. */
export function editSecrets(sheet: Sheet, state: SheetState): Promise<StepAnswer<SheetState>> {
  return editList<SheetState>(state, {
    position: below(sheet),
    placeholder: vscode.l10n.t("Secrets: pick one to say where its value comes from"),
    items: (now) => [
      doneItem(),
      ...mountedSecrets(sheet.outline, now.choices.target).map((mount) => ({
        ...secretItem(mount, now.choices.secrets[mount.id]),
        value: (s: SheetState) => editSecret(sheet, s, mount),
      })),
    ],
  });
}

function secretItem(
  { id, isRequired, line }: MountOutline,
  source: SecretSource | undefined,
): vscode.QuickPickItem {
  const { t } = vscode.l10n;
  const isMissing = isRequired && source === undefined;
  return {
    label: id,
    description: source === undefined ? t("not given") : sourceText(source),
    detail: isRequired ? t("Required at line {0}", line) : t("Mounted at line {0}", line),
    iconPath: new vscode.ThemeIcon(isMissing ? "warning" : "key"),
  };
}

async function editSecret(
  sheet: Sheet,
  state: SheetState,
  { id }: MountOutline,
): Promise<StepAnswer<SheetState>> {
  const current = state.choices.secrets[id];
  for (let start: Change | undefined = current?.kind; ;) {
    const answer = await pickOne<Change>(below(sheet), {
      placeholder: vscode.l10n.t("Where does the secret {0} come from?", id),
      isActive: (change) => change === start,
      load: (show) => {
        show(changeItems(current));
        return Promise.resolve();
      },
    });
    if (answer.kind !== "answer") return answer;
    start = answer.value;
    if (answer.value === "none") return { kind: "answer", value: withSource(state, id, undefined) };
    const given = await askSource(sheet, state, id, answer.value);
    // Back leads to the choice of the source, not past it.
    if (given.kind !== "back") return given;
  }
}

function changeItems(current: SecretSource | undefined): readonly ChoiceItem<Change>[] {
  const { t } = vscode.l10n;
  const items: ChoiceItem<Change>[] = [
    {
      label: t("Environment Variable…"),
      detail: t("Its name is remembered, its value read at each build"),
      iconPath: new vscode.ThemeIcon("symbol-variable"),
      value: "environment",
    },
    {
      label: t("File…"),
      detail: t("Its path is remembered, its content read at each build"),
      iconPath: new vscode.ThemeIcon("file"),
      value: "file",
    },
    {
      label: t("Type It…"),
      detail: t("Kept in memory until the build ends, and asked again next time"),
      iconPath: new vscode.ThemeIcon("keyboard"),
      value: "typed",
    },
  ];
  if (current === undefined) return items;
  const none = { label: t("Give None"), iconPath: new vscode.ThemeIcon("discard") };
  return [...items, { ...none, value: "none" }];
}

/** Returns the state with this source of a secret, or without one. */
function withSource(state: SheetState, id: string, source: SecretSource | undefined): SheetState {
  const others = Object.entries(state.choices.secrets).filter(([other]) => other !== id);
  const secrets = Object.fromEntries(source ? [...others, [id, source]] : others);
  return choose(state, { secrets });
}
