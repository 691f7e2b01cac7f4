import * as vscode from "vscode";
import { parseTagPatterns } from "../../core/changes/tagPatterns.js";
import type { TagMutability } from "../../core/registry.js";
import { askRepositoryNode } from "../askNode.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { askTagExceptions } from "../steps/askTagExceptions.js";
import { pickMutability } from "../steps/pickMutability.js";
import { mapAnswer, runWizard } from "../wizard.js";

interface RuleDraft {
  readonly rule?: TagMutability["default"];
  /** As typed. */
  readonly exceptions?: string;
}

/** *Change Tag Rule…*: decides whether tags of a repository may move, and which are exempt. */
export async function setMutability(
  ports: ChangePorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (!node) return;
  const { location, repository } = node;
  const { tagMutability: before, name } = repository;
  const draft = await runWizard<RuleDraft>(
    title,
    [
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const placeholder = vscode.l10n.t("Tags of {0}", name);
          const answer = await pickMutability(placeholder, position, given.rule ?? before.default);
          return mapAnswer(answer, (rule) => ({ ...given, rule }));
        },
      },
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const rule = given.rule ?? before.default;
          // Exceptions of one rule mean the opposite under the other.
          const kept = rule === before.default ? before.exclusions.join(" ") : "";
          const answer = await askTagExceptions(rule, given.exceptions ?? kept, position);
          return mapAnswer(answer, (exceptions) => ({ ...given, exceptions }));
        },
      },
    ],
    {},
  );
  if (draft?.rule === undefined || draft.exceptions === undefined) return;
  const after = { default: draft.rule, exclusions: parseTagPatterns(draft.exceptions) };
  const registry = await ports.registries.open(location);
  await registry.changes.setTagMutability(name, after, patience());
  ports.refreshRegistry(location);
  const words =
    after.default === "immutable"
      ? vscode.l10n.t("Tags of {0} can't move now.", name)
      : vscode.l10n.t("Tags of {0} can move now.", name);
  vscode.window.setStatusBarMessage(words, 5000);
}
