import * as vscode from "vscode";
import { isCancellation } from "../../core/errors.js";
import type { LifecycleEffect } from "../../core/repositories/lifecycle/lifecyclePreview.js";
import { STARTER_POLICY } from "../../core/repositories/lifecycle/starterPolicy.js";
import { type AskNodePorts, askRepositoryNode } from "../askNode.js";
import { withSlowProgress } from "../manage/slowProgress.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import type { LifecycleFileSystem } from "../lifecycle/lifecycleFileSystem.js";
import {
  LIFECYCLE_SCHEME,
  lifecycleSubject,
  type LifecycleSubject,
  lifecycleUri,
} from "../lifecycle/lifecycleUri.js";
import { outcomeText } from "../lifecycle/outcomeText.js";
import { outcomeBytes, readOutcome } from "../lifecycle/readOutcome.js";
import { askDelete } from "../lifecycle/savePolicy.js";
import { formatAge, formatBytes, shortDigest } from "../quantities.js";

/** What the commands on lifecycle policies need. */
export interface LifecyclePorts extends AskNodePorts {
  readonly lifecycleFiles: LifecycleFileSystem;
}

/** A row of the tree, or the open document of a policy. */
export type LifecycleTarget = RepositoryNode | vscode.Uri;

/** *Edit Lifecycle Policy*: opens it as a document, whose save puts it. */
export async function editLifecyclePolicy(
  ports: LifecyclePorts,
  title: string,
  target: LifecycleTarget | undefined,
): Promise<void> {
  const subject = await askSubject(ports, title, target);
  if (!subject) return;
  const uri = lifecycleUri(subject);
  await (await ports.lifecycleFiles.files()).refresh(uri);
  await vscode.commands.executeCommand("vscode.open", uri);
}

/** *Delete Lifecycle Policy…*: asks first; the images stay. */
export async function deleteLifecyclePolicy(
  ports: LifecyclePorts,
  title: string,
  target: LifecycleTarget | undefined,
): Promise<void> {
  const subject = await askSubject(ports, title, target);
  if (!subject) return;
  const { location, repository } = subject;
  const { rules } = await ports.registries.open(location);
  const policy = await rules.readLifecyclePolicy(repository, AbortSignal.timeout(60_000));
  if (policy === undefined) {
    note(vscode.l10n.t("{0} has no lifecycle policy.", repository));
    return;
  }
  await askDelete(repository);
  await rules.deleteLifecyclePolicy(repository, AbortSignal.timeout(60_000));
  await (await ports.lifecycleFiles.files()).refresh(lifecycleUri(subject));
  note(vscode.l10n.t("{0} has no lifecycle policy any more.", repository));
}

/** *Preview Lifecycle Policy*: lists the images that it would expire or archive; changes nothing. */
export async function previewLifecyclePolicy(
  ports: LifecyclePorts,
  title: string,
  target: LifecycleTarget | undefined,
): Promise<void> {
  const subject = await askSubject(ports, title, target);
  if (!subject) return;
  const { location, repository } = subject;
  const registry = await ports.registries.open(location);
  const policy =
    openText(subject) ??
    (await registry.rules.readLifecyclePolicy(repository, AbortSignal.timeout(60_000))) ??
    STARTER_POLICY;
  const outcome = await withSlowProgress(
    vscode.l10n.t("Lifecycle policy of {0}", repository),
    (report, signal) => readOutcome(registry, repository, policy, report, signal),
  ).catch((error: unknown) => {
    if (isCancellation(error)) return undefined;
    throw error;
  });
  if (!outcome) return;
  const { effects, sizes } = outcome;
  if (effects.length === 0) {
    void vscode.window.showInformationMessage(outcomeText(outcome));
    return;
  }
  const bytes = outcomeBytes(outcome, "expire");
  await vscode.window.showQuickPick(
    effects.map((effect) => effectItem(effect, sizes.get(effect.digest))),
    {
      title: outcomeText(outcome),
      placeHolder:
        bytes > 0
          ? vscode.l10n.t("Find an image. Sizes are upper limits, as images share layers.")
          : vscode.l10n.t("Find an image"),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
}

function effectItem(
  { tags, digest, pushedAt, effect, rulePriority }: LifecycleEffect,
  sizeBytes: number | undefined,
): vscode.QuickPickItem {
  const { t } = vscode.l10n;
  const facts = [
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes),
    pushedAt && formatAge(pushedAt, new Date()),
    rulePriority === undefined ? undefined : t("rule {0}", rulePriority),
  ];
  return {
    label: tags.length > 0 ? tags.join(", ") : shortDigest(digest),
    description: facts.filter((fact) => fact !== undefined).join(" · "),
    iconPath: new vscode.ThemeIcon(effect === "archive" ? "archive" : "trash"),
    ...(tags.length > 0 && { detail: shortDigest(digest) }),
  };
}

/** The policy as it stands in the editor, saved or not. */
function openText(subject: LifecycleSubject): string | undefined {
  const uri = String(lifecycleUri(subject));
  const open = vscode.workspace.textDocuments.find((document) => String(document.uri) === uri);
  return open?.getText();
}

async function askSubject(
  ports: LifecyclePorts,
  title: string,
  target: LifecycleTarget | undefined,
): Promise<LifecycleSubject | undefined> {
  if (target instanceof vscode.Uri) return lifecycleSubject(target);
  const active = vscode.window.activeTextEditor?.document.uri;
  if (!target && active?.scheme === LIFECYCLE_SCHEME) return lifecycleSubject(active);
  const node = target ?? (await askRepositoryNode(ports, title));
  return node && { location: node.location, repository: node.repository.name };
}

function note(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}
