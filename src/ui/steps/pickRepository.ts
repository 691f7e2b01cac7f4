import * as vscode from "vscode";
import { parseRepositoryName } from "../../core/imageReference.js";
import { readRepositories } from "../../core/catalog.js";
import type { Registry } from "../../core/ports.js";
import type { Repository } from "../../core/registry.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { parseOrReason, tryParse } from "../tryParse.js";
import { registryLabel } from "../registryLabel.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** A repository to push to: one that exists, or the name of one to create. */
export type RepositoryChoice =
  | { readonly kind: "existing"; readonly repository: Repository }
  | { readonly kind: "new"; readonly name: string };

/** What the question starts from. */
export interface RepositoryHints {
  /** The repository of the last push. */
  readonly current: string | undefined;
  /** A name to offer while the registry has no repository; need not be valid. */
  readonly proposal: string;
}

/** Asks for a repository of the registry, filterable, with "Create" for a name that is not there. */
export async function pickRepository(
  registry: Registry,
  { current, proposal }: RepositoryHints,
  position: StepPosition,
): Promise<StepAnswer<RepositoryChoice>> {
  return await pickOne<RepositoryChoice>(position, {
    placeholder: vscode.l10n.t(
      "Repository in {0}: pick one, or type a name to create",
      registryLabel(registry.location),
    ),
    isActive: (choice) => choice.kind === "existing" && choice.repository.name === current,
    typed: createItem,
    load: async (show, signal) => {
      let items: ChoiceItem<RepositoryChoice>[] = [];
      for await (const { items: repositories } of readRepositories(registry, signal)) {
        items = repositories.map(existingItem);
        show(items);
      }
      const proposed = tryParse(parseRepositoryName, proposal);
      if (items.length === 0) show(proposed ? [newItem(proposed)] : [noRepositoriesItem()]);
    },
  });
}

function existingItem(repository: Repository): ChoiceItem<RepositoryChoice> {
  const { default: rule, exclusions } = repository.tagMutability;
  const immutable =
    exclusions.length === 0
      ? vscode.l10n.t("immutable tags")
      : vscode.l10n.t("immutable tags, with exceptions");
  return {
    label: repository.name,
    iconPath: new vscode.ThemeIcon("package"),
    ...(rule === "immutable" ? { description: `$(lock) ${immutable}` } : {}),
    value: { kind: "existing", repository },
  };
}

/** The row for a typed name: *Create*, or why the name can't be one; none when it exists. */
function createItem(
  text: string,
  items: readonly ChoiceItem<RepositoryChoice>[],
): ChoiceItem<RepositoryChoice> | undefined {
  if (text === "" || items.some(({ label }) => label === text)) return undefined;
  const parsed = parseOrReason(parseRepositoryName, text);
  if ("value" in parsed) return { ...newItem(parsed.value), alwaysShow: true };
  // A filter that matches rows is no attempt at a name.
  if (items.some(({ label }) => label.includes(text))) return undefined;
  return {
    label: vscode.l10n.t("“{0}” can't be created", text),
    detail: parsed.reason,
    iconPath: new vscode.ThemeIcon("error"),
    alwaysShow: true,
  };
}

function newItem(name: string): ChoiceItem<RepositoryChoice> {
  const label = vscode.l10n.t("Create “{0}”…", name);
  const iconPath = new vscode.ThemeIcon("add");
  return { label, iconPath, value: { kind: "new", name } };
}

function noRepositoriesItem(): ChoiceItem<RepositoryChoice> {
  const label = vscode.l10n.t("No repositories yet: type a name to create one");
  return { label, iconPath: new vscode.ThemeIcon("info"), alwaysShow: true };
}
