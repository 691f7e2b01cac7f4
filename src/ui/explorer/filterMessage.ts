import * as vscode from "vscode";
import type { Listing } from "../../core/catalog.js";
import { matchesFilter, type NameFilter } from "../../core/repositories/nameFilter.js";
import type { Repository } from "../../core/registry.js";

/** Says what a filter finds, in all registries that are read or being read; empty without one. */
export function filterMessage(
  filter: NameFilter | undefined,
  listings: readonly Listing<Repository>[],
): string {
  if (!filter) return "";
  const names = listings.flatMap(({ items }) => items.map(({ name }) => name));
  const found = names.filter((name) => matchesFilter(filter, name)).length;
  const shown = found.toLocaleString(vscode.env.language);
  const total = names.length.toLocaleString(vscode.env.language);
  const { text } = filter;
  return listings.every(({ isComplete }) => isComplete)
    ? vscode.l10n.t("{0} of {1} repositories hold “{2}”", shown, total, text)
    : vscode.l10n.t("{0} of {1} repositories hold “{2}”, still reading", shown, total, text);
}
