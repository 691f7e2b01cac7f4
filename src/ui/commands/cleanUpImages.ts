import * as vscode from "vscode";
import { changeEach, type ChangeAccount } from "../../core/changes/changeEach.js";
import type { CleanUpCriteria } from "../../core/changes/cleanUp/criteria.js";
import { type CleanUpItem, planCleanUp } from "../../core/changes/cleanUp/planCleanUp.js";
import { type CleanUpFacts, readForCleanUp } from "../../core/changes/cleanUp/readForCleanUp.js";
import { recheckPlan } from "../../core/changes/cleanUp/recheckPlan.js";
import { removalRounds } from "../../core/changes/cleanUp/removalRounds.js";
import { deleteImages, type DeletionAccount } from "../../core/changes/deleteImages.js";
import type { Registry } from "../../core/ports.js";
import type { RegistryLocation } from "../../core/registry.js";
import { type AskNodePorts, askRepositoryNode } from "../askNode.js";
import { withSlowProgress } from "../manage/slowProgress.js";
import { askCriteria } from "../cleanUp/askCriteria.js";
import { askRemoval } from "../cleanUp/askRemoval.js";
import { nameOf, pickItems } from "../cleanUp/pickItems.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import { explain } from "../failures/explain.js";
import { patience } from "../manage/changePorts.js";
import { reportDeletion } from "../manage/deletionReport.js";
import { offerReasons } from "../manage/keptImages.js";
import { shortDigest } from "../quantities.js";

/** What cleaning up needs. */
export interface CleanUpPorts extends AskNodePorts {
  readonly refreshRepository: (location: RegistryLocation, repository: string) => void;
}

/** What a first clean-up proposes. */
const FIRST: CleanUpCriteria = {
  isUntaggedOnly: true,
  olderThanDays: 14,
  notPulledForDays: undefined,
  keepNewest: 0,
  keepTags: [],
};

/** *Clean Up Images…*: asks what is to go, shows it, and deletes or archives what is left ticked. */
export async function cleanUpImages(
  ports: CleanUpPorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (!node) return;
  const { location } = node;
  const { name } = node.repository;
  const heading = `${title} · ${name}`;
  const registry = await ports.registries.open(location);
  let criteria: CleanUpCriteria | undefined = FIRST;
  for (;;) {
    criteria = await askCriteria(heading, criteria);
    if (!criteria) return;
    const facts = await readFacts(registry, name);
    const plan = planCleanUp(facts.images, facts.manifests, criteria, new Date());
    if (plan.items.length === 0) {
      void vscode.window.showInformationMessage(
        nothingText(name, plan.held.length, plan.unclear.length),
      );
      continue;
    }
    const picked = await pickItems(heading, plan);
    if (!picked || picked.length === 0) return;
    const removal = await askRemoval(heading, name, picked);
    if (removal === undefined) return;
    try {
      await carryOut(registry, name, title, picked, removal);
    } finally {
      ports.refreshRepository(location, name);
    }
    return;
  }
}

function readFacts(registry: Registry, repository: string): Promise<CleanUpFacts> {
  return withSlowProgress(
    vscode.l10n.t("Reading the images of {0}", repository),
    (report, signal) => {
      const count = (images: number): void => {
        report(images.toLocaleString(vscode.env.language));
      };
      return readForCleanUp(registry, repository, count, signal);
    },
  );
}

function nothingText(repository: string, held: number, unclear: number): string {
  const { t } = vscode.l10n;
  const parts = [
    t("No image of {0} would go.", repository),
    held > 0 ? t("{0} stay, as an index that stays holds them.", held) : undefined,
    unclear > 0 ? t("{0} stay, as what they belong to can't be read.", unclear) : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

/** Looks once more at what the repository holds, as questions take time, and does it. */
async function carryOut(
  registry: Registry,
  repository: string,
  title: string,
  picked: readonly CleanUpItem[],
  removal: "delete" | "archive",
): Promise<void> {
  const facts = await readFacts(registry, repository);
  const { items, changed } = recheckPlan(picked, facts);
  if (changed.length > 0) {
    const kept = changed.map((image) => ({
      name: nameOf(image),
      digest: shortDigest(image.digest),
      reason: vscode.l10n.t("Somebody changed its tags, or removed it, while this was asked."),
    }));
    const text =
      changed.length === 1
        ? vscode.l10n.t("1 image changed meanwhile and is left.")
        : vscode.l10n.t("{0} images changed meanwhile and are left.", changed.length);
    void offerReasons(text, kept);
  }
  if (removal === "delete") await remove(registry, repository, title, items, facts);
  else await archive(registry, repository, title, items, facts);
}

async function remove(
  registry: Registry,
  repository: string,
  title: string,
  items: readonly CleanUpItem[],
  { manifests }: CleanUpFacts,
): Promise<void> {
  const chosen = new Set(items.map(({ image }) => image.digest));
  const waves = removalRounds(items, manifests).map((round) =>
    round.map((image) => {
      const role = chosen.has(image.digest) ? ("chosen" as const) : ("part" as const);
      return { image, role };
    }),
  );
  const remover = {
    deleteImages: registry.changes.deleteImages.bind(registry.changes),
    findImages: registry.findImages.bind(registry),
  };
  let account: DeletionAccount | undefined;
  await withSlowProgress(`${title} · ${repository}`, async (report, signal) => {
    const plan = { waves, held: [] };
    for await (account of deleteImages(remover, repository, plan, signal, patience)) {
      const { total, left } = account;
      report(vscode.l10n.t("{0} of {1}", total - left.length, total));
    }
  });
  if (!account) return;
  void reportDeletion(repository, account);
  if (account.end?.kind === "failed") throw account.end.error;
}

async function archive(
  registry: Registry,
  repository: string,
  title: string,
  items: readonly CleanUpItem[],
  { manifests }: CleanUpFacts,
): Promise<void> {
  // An index goes before what it holds, so that nothing in use is ever without its parts.
  const images = removalRounds(items, manifests)
    .flat()
    .filter(({ status }) => status === "active");
  let account: ChangeAccount | undefined;
  await withSlowProgress(`${title} · ${repository}`, async (report, signal) => {
    const change = ({ digest }: { readonly digest: string }): Promise<void> =>
      registry.changes.setStorageClass(repository, digest, "archive", patience());
    for await (account of changeEach(images, change, signal)) {
      report(vscode.l10n.t("{0} of {1}", images.length - account.left.length, images.length));
    }
  });
  if (!account) return;
  reportArchiving(repository, account);
  if (account.error !== undefined) throw account.error;
}

function reportArchiving(repository: string, { changed, failed, left }: ChangeAccount): void {
  const { t } = vscode.l10n;
  const parts = [
    changed.length === 1
      ? t("1 image of {0} archived.", repository)
      : t("{0} images of {1} archived.", changed.length, repository),
    failed.length > 0 ? t("ECR left {0} as they were.", failed.length) : undefined,
    left.length > 0 ? t("{0} are as they were.", left.length) : undefined,
  ];
  const text = parts.filter((part) => part !== undefined).join(" ");
  if (failed.length === 0) {
    void vscode.window.showInformationMessage(text);
    return;
  }
  const kept = failed.map(({ image, failure }) => ({
    name: nameOf(image),
    digest: shortDigest(image.digest),
    reason: explain(failure).message,
  }));
  void offerReasons(text, kept);
}
