import * as vscode from "vscode";
import type { PageWords } from "../pages/pageModel.js";

/** Returns what pages say by themselves, as of tables that hold more rows than they show. */
export function pageWords(): PageWords {
  const { t } = vscode.l10n;
  return {
    // The page fills in what it counts; a translation needs the places.
    showMore: t("Show {0} More", "{0}"),
    shown: t("{0} of {1} are shown", "{0}", "{1}"),
  };
}
