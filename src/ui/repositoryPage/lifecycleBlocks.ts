import * as vscode from "vscode";
import type { LifecycleEffect } from "../../core/repositories/lifecycle/lifecyclePreview.js";
import {
  type LifecycleRule,
  tryParseLifecycleRules,
} from "../../core/repositories/lifecycle/lifecycleRules.js";
import { outcomeText } from "../lifecycle/outcomeText.js";
import type { PolicyOutcome } from "../lifecycle/readOutcome.js";
import type { PageBlock, PageCell } from "../pages/pageModel.js";
import { formatAge, formatBytes, shortDigest } from "../quantities.js";
import { countText, selectionText } from "./ruleText.js";

/** The actions of the section's buttons. */
export const lifecycleActions = { edit: "editLifecycle", preview: "preview", stop: "stopPreview" };

/** How a preview of the policy stands. */
export type PreviewState =
  | { readonly state: "none" }
  | { readonly state: "at-work"; readonly text: string }
  | { readonly state: "known"; readonly outcome: PolicyOutcome };

/** Says what a lifecycle policy does, and what it would do now. */
export function lifecycleBlocks(
  policy: string | undefined,
  preview: PreviewState,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const { edit, preview: see, stop } = lifecycleActions;
  if (policy === undefined) {
    return [
      {
        kind: "text",
        text: t("No lifecycle policy. Images stay until somebody deletes them."),
      },
      { kind: "buttons", buttons: [{ action: edit, label: t("Add Lifecycle Policy") }] },
    ];
  }
  const rules = tryParseLifecycleRules(policy);
  const isAtWork = preview.state === "at-work";
  return [
    rules
      ? rulesTable(rules)
      : { kind: "text", text: t("The policy makes no sense to this page."), tone: "warning" },
    {
      kind: "buttons",
      buttons: [
        { action: edit, label: t("Edit Lifecycle Policy") },
        isAtWork
          ? { action: stop, label: t("Stop") }
          : { action: see, label: t("Preview What Would Expire") },
      ],
    },
    ...previewBlocks(preview),
  ];
}

function rulesTable(rules: readonly LifecycleRule[]): PageBlock {
  const { t } = vscode.l10n;
  return {
    kind: "table",
    id: "rules",
    caption: t("Rules of the lifecycle policy"),
    columns: [
      { title: t("Rule") },
      { title: t("Of") },
      { title: t("Which"), isShort: true },
      { title: t("Then"), isShort: true },
      { title: t("Description"), isWide: true },
    ],
    rows: rules.map((rule) => [
      rule.priority === undefined ? "" : String(rule.priority),
      selectionText(rule),
      countText(rule),
      rule.action === "archive" ? t("archive") : t("expire"),
      rule.description ?? "",
    ]),
  };
}

function previewBlocks(preview: PreviewState): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (preview.state === "none") return [];
  if (preview.state === "at-work") return [{ kind: "text", text: preview.text, tone: "muted" }];
  const { effects, sizes } = preview.outcome;
  const summary: PageBlock = { kind: "text", text: outcomeText(preview.outcome) };
  if (effects.length === 0) return [summary];
  return [
    summary,
    {
      kind: "text",
      text: t("Sizes are of each image by itself; layers that others share stay."),
      tone: "muted",
    },
    {
      kind: "table",
      id: "preview",
      caption: t("Images that the policy would meet"),
      filter: t("Find an image"),
      columns: [
        { title: t("Tags"), isData: true, isWide: true, sorts: true },
        { title: t("Digest"), isData: true, isShort: true },
        { title: t("Size"), isNumber: true, sorts: true },
        { title: t("Pushed"), isShort: true, sorts: true },
        { title: t("Rule"), isNumber: true, sorts: true },
        { title: t("Then"), sorts: true },
      ],
      rows: effects.map((effect) => effectRow(effect, sizes.get(effect.digest))),
    },
  ];
}

function effectRow(
  { tags, digest, pushedAt, rulePriority, effect }: LifecycleEffect,
  sizeBytes: number | undefined,
): readonly PageCell[] {
  const { t } = vscode.l10n;
  return [
    tags.length > 0 ? tags.join(", ") : t("untagged"),
    shortDigest(digest),
    { text: sizeBytes === undefined ? "" : formatBytes(sizeBytes), sort: sizeBytes ?? -1 },
    { text: pushedAt ? formatAge(pushedAt, new Date()) : "", sort: pushedAt?.getTime() ?? 0 },
    { text: rulePriority === undefined ? "" : String(rulePriority), sort: rulePriority ?? 0 },
    effect === "archive" ? t("archive") : t("expire"),
  ];
}
