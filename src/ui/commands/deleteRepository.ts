import * as vscode from "vscode";
import { EcrError } from "../../core/errors.js";
import {
  countNewImages,
  measureRepository,
  type RepositoryContents,
} from "../../core/repositories/measureRepository.js";
import type { Registry } from "../../core/ports.js";
import { askRepositoryNode } from "../askNode.js";
import { withSlowProgress } from "../manage/slowProgress.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { formatBytes } from "../quantities.js";
import { askChecked } from "../steps/askChecked.js";
import type { StepPosition } from "../wizard.js";

/** *Delete Repository…*: counts what would be lost, and wants the name typed, one by one. */
export async function deleteRepositories(
  ports: ChangePorts,
  title: string,
  target: RepositoryNode | undefined,
  selected: readonly { readonly kind: string }[],
): Promise<void> {
  const rows = selected.filter((row): row is RepositoryNode => row.kind === "repository");
  const asked = rows.length > 0 ? undefined : (target ?? (await askRepositoryNode(ports, title)));
  const nodes = asked ? [asked] : rows;
  for (const [at, node] of nodes.entries()) {
    const position = { title, step: at + 1, totalSteps: nodes.length, canGoBack: false };
    // Who leaves at one repository wants the later ones kept as well.
    if (!(await deleteRepository(ports, node, position))) return;
  }
}

async function deleteRepository(
  ports: ChangePorts,
  { location, repository }: RepositoryNode,
  position: StepPosition,
): Promise<boolean> {
  const { name } = repository;
  const registry = await ports.registries.open(location);
  let contents = await measure(registry, name);
  for (let added = 0; ;) {
    if (!(await isNameTyped(name, contents, added, position))) return false;
    const now = await measure(registry, name);
    added = countNewImages(contents, now);
    contents = now;
    // What came while the name was typed, nobody has agreed to lose.
    if (added > 0) continue;
    try {
      await registry.changes.deleteRepository(name, contents.digests.size > 0, patience());
      break;
    } catch (error) {
      if (!(error instanceof EcrError && error.failure.kind === "repository-not-empty"))
        throw error;
      contents = await measure(registry, name);
      added = contents.digests.size;
    }
  }
  ports.refreshRegistry(location);
  const text = vscode.l10n.t("Repository {0} deleted.", name);
  void vscode.window.showInformationMessage(text);
  return true;
}

function measure(registry: Registry, name: string): Promise<RepositoryContents> {
  return withSlowProgress(vscode.l10n.t("Counting the images of {0}", name), (report, signal) => {
    const onProgress = (count: number): void => {
      report(count.toLocaleString(vscode.env.language));
    };
    return measureRepository(registry, name, onProgress, signal);
  });
}

async function isNameTyped(
  name: string,
  contents: RepositoryContents,
  added: number,
  position: StepPosition,
): Promise<boolean> {
  const { t } = vscode.l10n;
  const loss = lossText(contents);
  const answer = await askChecked(
    {
      prompt:
        added > 0
          ? t("It has grown meanwhile, by {0}. {1} Type {2} to delete it.", added, loss, name)
          : t("{0} Type {1} to delete it.", loss, name),
      placeholder: name,
      check: (text) => (text === name ? undefined : t("This is not {0}", name)),
    },
    position,
  );
  return answer.kind === "answer";
}

function lossText({ digests, sizeBytes }: RepositoryContents): string {
  const { t } = vscode.l10n;
  const size = formatBytes(sizeBytes);
  if (digests.size === 0) return t("The repository holds no images.");
  return digests.size === 1
    ? t("The repository and its image (up to {0}) can't be brought back.", size)
    : t(
        "The repository and its {0} images (up to {1}) can't be brought back.",
        digests.size.toLocaleString(vscode.env.language),
        size,
      );
}
