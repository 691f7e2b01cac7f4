import * as vscode from "vscode";
import type { NewRepository } from "../../core/registry.js";
import { parseTagPatterns } from "../../core/changes/tagPatterns.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { askTagExceptions } from "../steps/askTagExceptions.js";
import { mapAnswer, type StepAnswer, type StepPosition } from "../wizard.js";
import { editEncryption, encryptionText } from "./editEncryption.js";
import { editResourceTags } from "./editResourceTags.js";

type Row = "create" | "more" | "exceptions" | "scan" | "encryption" | "tags";

/** Shows what a new repository will be like until it may be created; rare options come on demand. */
export async function askToCreate(
  initial: NewRepository,
  region: string,
  position: StepPosition,
): Promise<StepAnswer<NewRepository>> {
  let wanted = initial;
  let showsAll = optionItems(initial).some(({ picked }) => picked);
  for (let active: Row = "create"; ;) {
    const answer = await pickOne<Row>(position, {
      placeholder: vscode.l10n.t("Create {0}?", wanted.name),
      isActive: (row) => row === active,
      load: (show) => {
        show([createItem(wanted), ...(showsAll ? optionItems(wanted) : [moreItem()])]);
        return Promise.resolve();
      },
    });
    if (answer.kind !== "answer") return answer;
    active = answer.value;
    if (active === "create") return { kind: "answer", value: wanted };
    if (active === "more") {
      showsAll = true;
      active = "exceptions";
      continue;
    }
    const edited = await edit(wanted, active, region, position.title);
    if (edited.kind === "cancelled") return edited;
    if (edited.kind === "answer") wanted = edited.value;
  }
}

function createItem(wanted: NewRepository): ChoiceItem<Row> {
  const { t } = vscode.l10n;
  const rule = wanted.tagMutability === "immutable" ? t("Immutable tags") : t("Mutable tags");
  return {
    label: t("Create"),
    description: wanted.name,
    detail: [rule, encryptionText(wanted.kmsKey)].join(" · "),
    iconPath: new vscode.ThemeIcon("add"),
    value: "create",
  };
}

function moreItem(): ChoiceItem<Row> {
  const { t } = vscode.l10n;
  return {
    label: t("More options…"),
    detail: t("Exceptions of the tag rule, scan on push, encryption, resource tags"),
    iconPath: new vscode.ThemeIcon("settings-gear"),
    value: "more",
  };
}

/** The options; `picked` are those that were changed. */
function optionItems(wanted: NewRepository): readonly (ChoiceItem<Row> & { picked: boolean })[] {
  const { t } = vscode.l10n;
  const { exclusions = [], scanOnPush = false, kmsKey, resourceTags = [] } = wanted;
  const none = t("none");
  return [
    {
      label: t("Exceptions of the tag rule"),
      description: exclusions.join(", ") || none,
      iconPath: new vscode.ThemeIcon("tag"),
      value: "exceptions",
      picked: exclusions.length > 0,
    },
    {
      label: t("Scan on push"),
      description: scanOnPush ? t("on") : t("off"),
      iconPath: new vscode.ThemeIcon("search"),
      value: "scan",
      picked: scanOnPush,
    },
    {
      label: t("Encryption"),
      description: encryptionText(kmsKey),
      detail: t("It can't be changed later."),
      iconPath: new vscode.ThemeIcon("key"),
      value: "encryption",
      picked: kmsKey !== undefined,
    },
    {
      label: t("Resource tags"),
      description: resourceTags.map(([key, value]) => `${key}=${value}`).join(", ") || none,
      iconPath: new vscode.ThemeIcon("bookmark"),
      value: "tags",
      picked: resourceTags.length > 0,
    },
  ];
}

async function edit(
  wanted: NewRepository,
  row: Exclude<Row, "create" | "more">,
  region: string,
  title: string,
): Promise<StepAnswer<NewRepository>> {
  const position = { title, step: 1, totalSteps: 1, canGoBack: true };
  switch (row) {
    case "exceptions": {
      const proposal = (wanted.exclusions ?? []).join(" ");
      const answer = await askTagExceptions(wanted.tagMutability, proposal, position);
      return mapAnswer(answer, (text) => ({ ...wanted, exclusions: parseTagPatterns(text) }));
    }
    case "scan":
      return { kind: "answer", value: { ...wanted, scanOnPush: wanted.scanOnPush !== true } };
    case "encryption":
      return editEncryption(wanted, region, position);
    case "tags":
      return editResourceTags(wanted, position);
  }
}
