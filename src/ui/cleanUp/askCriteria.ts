import * as vscode from "vscode";
import { type CleanUpCriteria, hasCriterion } from "../../core/changes/cleanUp/criteria.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { askChecked } from "../steps/askChecked.js";
import type { StepPosition } from "../wizard.js";

type Row = "untagged" | "older" | "unpulled" | "newest" | "tags" | "show";

/** Asks what is to go, on a sheet of all criteria; undefined when somebody leaves. */
export async function askCriteria(
  title: string,
  start: CleanUpCriteria,
): Promise<CleanUpCriteria | undefined> {
  const { t } = vscode.l10n;
  const position: StepPosition = { title, step: 1, totalSteps: 1, canGoBack: false };
  const below: StepPosition = { ...position, canGoBack: true };
  let criteria = start;
  let active: Row = "show";
  for (;;) {
    const rows = sheetRows(criteria);
    const answer = await pickOne<Row>(position, {
      placeholder: t("Which images are to go? All that is set has to fit."),
      load: (show) => {
        show(rows);
        return Promise.resolve();
      },
      isActive: (row) => row === active,
    });
    if (answer.kind !== "answer") return undefined;
    active = answer.value;
    switch (answer.value) {
      case "show":
        return criteria;
      case "untagged":
        criteria = { ...criteria, isUntaggedOnly: !criteria.isUntaggedOnly };
        break;
      case "older": {
        const prompt = t("Only images pushed more than so many days ago; empty for any age");
        const olderThanDays = await askNumber(prompt, criteria.olderThanDays, below);
        criteria = { ...criteria, olderThanDays };
        break;
      }
      case "unpulled": {
        const prompt = t("Only images that nobody pulled for so many days; empty for all");
        const notPulledForDays = await askNumber(prompt, criteria.notPulledForDays, below);
        criteria = { ...criteria, notPulledForDays };
        break;
      }
      case "newest": {
        const prompt = t("So many of the newest images stay; empty for none");
        const keepNewest = (await askNumber(prompt, criteria.keepNewest || undefined, below)) ?? 0;
        criteria = { ...criteria, keepNewest };
        break;
      }
      case "tags":
        criteria = { ...criteria, keepTags: await askPatterns(criteria.keepTags, below) };
        break;
    }
  }
}

function sheetRows(criteria: CleanUpCriteria): readonly ChoiceItem<Row>[] {
  const { t } = vscode.l10n;
  const { isUntaggedOnly, olderThanDays, notPulledForDays, keepNewest, keepTags } = criteria;
  const row = (value: Row, icon: string, label: string, description: string): ChoiceItem<Row> => ({
    label,
    description,
    iconPath: new vscode.ThemeIcon(icon),
    value,
  });
  const off = t("off");
  const days = (count: number | undefined): string =>
    count === undefined ? off : t("{0} d", count);
  return [
    ...(hasCriterion(criteria)
      ? [row("show", "search", t("Show What Would Go"), t("nothing is changed yet"))]
      : [{ label: t("Set one of these first"), iconPath: new vscode.ThemeIcon("info") }]),
    { label: t("What goes"), kind: vscode.QuickPickItemKind.Separator },
    row("untagged", "circle-slash", t("Untagged only"), isUntaggedOnly ? t("on") : off),
    row("older", "history", t("Older than"), days(olderThanDays)),
    row("unpulled", "cloud-download", t("Not pulled for"), days(notPulledForDays)),
    { label: t("What stays in any case"), kind: vscode.QuickPickItemKind.Separator },
    row("newest", "shield", t("Keep the newest"), keepNewest > 0 ? String(keepNewest) : off),
    row("tags", "tag", t("Keep tags like"), keepTags.length > 0 ? keepTags.join(", ") : off),
  ];
}

/** Leaving the question leaves the number. */
async function askNumber(
  prompt: string,
  current: number | undefined,
  position: StepPosition,
): Promise<number | undefined> {
  const check = (text: string): string | undefined =>
    text.trim() === "" || /^[1-9]\d{0,4}$/.test(text.trim())
      ? undefined
      : vscode.l10n.t("A whole number from 1 to 99999, or nothing");
  const proposal = current === undefined ? "" : String(current);
  const answer = await askChecked({ prompt, proposal, check }, position);
  if (answer.kind !== "answer") return current;
  return answer.value.trim() === "" ? undefined : Number(answer.value);
}

async function askPatterns(
  current: readonly string[],
  position: StepPosition,
): Promise<readonly string[]> {
  const check = (text: string): string | undefined => {
    const broken = splitPatterns(text).find((pattern) => !/^[\w.*-]{1,128}$/.test(pattern));
    return broken === undefined ? undefined : vscode.l10n.t("{0} fits no tag", broken);
  };
  const prompt = vscode.l10n.t(
    "Images with a tag like one of these stay, such as v*, release-*; * stands for any characters",
  );
  const answer = await askChecked({ prompt, proposal: current.join(", "), check }, position);
  return answer.kind === "answer" ? splitPatterns(answer.value) : current;
}

function splitPatterns(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((pattern) => pattern !== "");
}
