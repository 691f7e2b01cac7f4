import * as vscode from "vscode";
import type { CleanUpItem, CleanUpPlan } from "../../core/changes/cleanUp/planCleanUp.js";
import { type Image, isIndex } from "../../core/registry.js";
import { formatAge, formatBytes, shortDigest } from "../quantities.js";

interface Row extends vscode.QuickPickItem {
  readonly item?: CleanUpItem;
}

/** Shows what would go, all of it ticked, and what stays against the criteria; undefined on leaving. */
export async function pickItems(
  title: string,
  plan: CleanUpPlan,
): Promise<readonly CleanUpItem[] | undefined> {
  const { t } = vscode.l10n;
  const pick = vscode.window.createQuickPick<Row>();
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.placeholder = t("Clear what is to stay. Sizes are upper limits, as images share layers.");
  const rows = plan.items.map(toRow);
  pick.items = [...rows, ...stayingRows(plan)];
  pick.selectedItems = rows;
  const name = (picked: readonly Row[]): void => {
    pick.title = `${title} · ${amountText(itemsOf(picked))}`;
  };
  name(rows);
  try {
    return await new Promise((resolve) => {
      pick.onDidChangeSelection(name);
      pick.onDidAccept(() => {
        resolve(itemsOf(pick.selectedItems));
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** Says how many images go, those that go along too, and how much they are: `12 images, 3.4 GB`. */
export function amountText(items: readonly CleanUpItem[]): string {
  const { t } = vscode.l10n;
  const count = items.reduce((sum, { along }) => sum + 1 + along.length, 0);
  const bytes = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return count === 1
    ? t("1 image, {0}", formatBytes(bytes))
    : t("{0} images, {1}", count.toLocaleString(vscode.env.language), formatBytes(bytes));
}

/** Names an image by its tags, else by its digest. */
export function nameOf({ tags, digest }: Image): string {
  return tags.length > 0 ? tags.join(", ") : shortDigest(digest);
}

function itemsOf(rows: readonly Row[]): readonly CleanUpItem[] {
  return rows.flatMap(({ item }) => item ?? []);
}

function toRow(item: CleanUpItem): Row {
  const { t } = vscode.l10n;
  const { image, along, sizeBytes } = item;
  const { pushedAt, lastPulledAt, status, tags, digest } = image;
  const now = new Date();
  const facts = [
    formatBytes(sizeBytes),
    pushedAt && formatAge(pushedAt, now),
    lastPulledAt && t("pulled {0}", formatAge(lastPulledAt, now)),
    tags.length > 0 ? shortDigest(digest) : t("untagged"),
    status === "active" ? undefined : t("archived"),
  ];
  const detail = alongText(along);
  return {
    label: nameOf(image),
    description: facts.filter((fact) => fact !== undefined).join(" · "),
    iconPath: new vscode.ThemeIcon(isIndex(image) ? "versions" : "layers"),
    ...(detail !== undefined && { detail }),
    item,
  };
}

function alongText(along: readonly Image[]): string | undefined {
  const { t } = vscode.l10n;
  if (along.length === 0) return undefined;
  return along.length === 1
    ? t("with 1 image that belongs to it alone")
    : t("with {0} images that belong to it alone", along.length);
}

function stayingRows({ held, unclear }: CleanUpPlan): readonly Row[] {
  const { t } = vscode.l10n;
  const kind = vscode.QuickPickItemKind.Separator;
  const rows: Row[] = [];
  if (held.length > 0) {
    rows.push({ kind, label: t("{0} more stay: an index that stays holds them", held.length) });
  }
  if (unclear.length > 0) {
    const label = t("{0} more stay: what they belong to can't be read", unclear.length);
    rows.push({ kind, label });
  }
  return rows;
}
