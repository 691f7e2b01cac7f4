import * as vscode from "vscode";
import type { TagMutability } from "../../core/registry.js";
import { parseTagPatterns } from "../../core/changes/tagPatterns.js";
import { reasonAgainst } from "../tryParse.js";
import type { StepAnswer, StepPosition } from "../wizard.js";
import { askChecked } from "./askChecked.js";

/** Asks which tags are exempt from a repository's rule; nothing means none. */
export async function askTagExceptions(
  rule: TagMutability["default"],
  proposal: string,
  position: StepPosition,
): Promise<StepAnswer<string>> {
  const { t } = vscode.l10n;
  return await askChecked(
    {
      prompt:
        rule === "immutable"
          ? t("Tags that may move all the same: up to 5 patterns with *, or nothing")
          : t("Tags that may not move all the same: up to 5 patterns with *, or nothing"),
      placeholder: rule === "immutable" ? "latest dev-*" : "v*",
      proposal,
      check: (text) => reasonAgainst(parseTagPatterns, text),
    },
    position,
  );
}
