import * as vscode from "vscode";
import {
  deleteImages as deleteFrom,
  type DeletionAccount,
} from "../../core/changes/deleteImages.js";
import {
  type ChosenImage,
  prepareDeletion,
  type PreparedDeletion,
} from "../../core/changes/prepareDeletion.js";
import { askImageNode } from "../askNode.js";
import { withSlowProgress } from "../manage/slowProgress.js";
import type { ImageNode } from "../explorer/registryNodes.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { byRepository, chosenImages } from "../manage/chosenRows.js";
import { deletionQuestion, goneText, heldText } from "../manage/deletionQuestion.js";
import { reportDeletion } from "../manage/deletionReport.js";

/** *Delete Image…*: says what goes, deletes it in batches, and tells exactly what is gone. */
export async function deleteImages(
  ports: ChangePorts,
  title: string,
  target: ImageNode | undefined,
  selected: readonly { readonly kind: string }[],
): Promise<void> {
  const chosen = chosenImages(target, selected);
  const asked = chosen.length > 0 ? undefined : await askImageNode(ports, title);
  // Each repository is asked about by itself, as each question names what goes.
  for (const group of byRepository(asked ? [asked] : chosen)) {
    await deleteGroup(ports, title, group);
  }
}

async function deleteGroup(
  ports: ChangePorts,
  title: string,
  nodes: readonly ImageNode[],
): Promise<void> {
  const [first] = nodes;
  if (!first) return;
  const { location, repository } = first;
  const registry = await ports.registries.open(location);
  const prepared = await withSlowProgress(
    vscode.l10n.t("Reading what {0} holds", repository.name),
    (_, signal) => prepareDeletion(registry, repository.name, nodes.map(toChosen), signal),
  );
  if (!(await isAgreed(repository.name, prepared))) {
    // Rows that name what is gone are out of date.
    if (prepared.gone.length > 0) ports.refreshRepository(location, repository.name);
    return;
  }
  const remover = {
    deleteImages: registry.changes.deleteImages.bind(registry.changes),
    findImages: registry.findImages.bind(registry),
  };
  let account: DeletionAccount | undefined;
  try {
    await withSlowProgress(`${title} · ${repository.name}`, async (report, signal) => {
      const { plan } = prepared;
      const accounts = deleteFrom(remover, repository.name, plan, signal, patience);
      for await (account of accounts) report(progressText(account));
    });
  } finally {
    ports.refreshRepository(location, repository.name);
  }
  if (!account) return;
  const { end, deleted, unsure } = account;
  const isUntouched = deleted.length === 0 && unsure.length === 0;
  if (end?.kind !== "failed" || !isUntouched) void reportDeletion(repository.name, account);
  if (end?.kind === "failed") throw end.error;
}

function toChosen({ image, within, family }: ImageNode): ChosenImage {
  // Whether the image above holds it or is only what it is about, the manifest tells.
  const index = within?.parent.image.digest;
  return { image, index, attached: family?.attached.map((one) => one.image) ?? [] };
}

async function isAgreed(repository: string, prepared: PreparedDeletion): Promise<boolean> {
  const { plan, gone } = prepared;
  if (plan.waves.length === 0) {
    const reasons = [...plan.held.map(heldText), ...(gone.length > 0 ? [goneText(gone)] : [])];
    void vscode.window.showWarningMessage(reasons.join(" "));
    return false;
  }
  const { message, detail, button } = deletionQuestion(repository, prepared);
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage(message, options, button)) === button;
}

function progressText({ total, left }: DeletionAccount): string {
  return vscode.l10n.t("{0} of {1}", total - left.length, total);
}
