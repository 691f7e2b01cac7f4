import * as vscode from "vscode";
import type { TagMutability } from "../../core/registry.js";
import type { CheckFacts, TagFact } from "../../core/setup/check.js";

/** Says whether tags of a repository may move. */
export function mutabilityText(mutability: TagMutability | undefined): string {
  const { t } = vscode.l10n;
  if (!mutability) return "";
  const { default: rule, exclusions } = mutability;
  const patterns = exclusions.join(", ");
  if (rule === "mutable") {
    return patterns === ""
      ? t("Its tags can move.")
      : t("Its tags can move, but for {0}.", patterns);
  }
  return patterns === ""
    ? t("Its tags can't move.")
    : t("Its tags can't move, but for {0}.", patterns);
}

/** Says what the tags of the next push meet. */
export function tagsText({ tags, nextFree }: CheckFacts["tags"]): string {
  const sentences = tags.map(tagText);
  return nextFree === undefined
    ? sentences.join(" ")
    : [...sentences, vscode.l10n.t("{0} is free.", nextFree)].join(" ");
}

function tagText({ tag, state }: TagFact): string {
  const { t } = vscode.l10n;
  switch (state) {
    case "free":
      return t("{0} is free.", tag);
    case "moves":
      return t("{0} names an image now, and moves with the next push.", tag);
    case "locked":
      return t("{0} names an image and can't move.", tag);
  }
}
