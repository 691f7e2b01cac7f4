import * as vscode from "vscode";
import type { Outcome } from "../../core/images/imageDetails/readDetails.js";
import type { RepositoryParts } from "../../core/repositories/repositoryFacts/readRepositoryParts.js";
import { pageWords } from "../details/pageWords.js";
import { type ActionsOf, partBlocks } from "../details/partBlocks.js";
import { isIndex } from "../../core/registry.js";
import type { PageBlock, PageHead, PageSection } from "../pages/pageModel.js";
import { formatBytes } from "../quantities.js";
import { accessBlocks } from "./accessBlocks.js";
import { lifecycleBlocks, type PreviewState } from "./lifecycleBlocks.js";
import { scanBlocks, settingBlocks } from "./settingBlocks.js";
import { countText, pushBlocks, storageBlocks } from "./storageBlocks.js";

/** The sections of the page, in their order. */
export const SECTIONS = ["storage", "pushes", "lifecycle", "access", "scans", "settings"] as const;

/** One of the sections. */
export type SectionId = (typeof SECTIONS)[number];

/** The actions of the buttons at the top. */
export const headActions = {
  refresh: "refresh",
  cleanUp: "cleanUp",
  copy: "copyUri",
};

/** How the page stands. */
export interface RepositoryState {
  readonly name: string;
  readonly registry: string;
  readonly isReading: boolean;
  readonly parts: {
    readonly [Id in keyof RepositoryParts]?: Outcome<RepositoryParts[Id]>;
  };
  readonly preview: PreviewState | { readonly state: "failed"; readonly error: unknown };
}

/** Which section tells a part. */
export const SECTIONS_OF: Readonly<Record<keyof RepositoryParts, readonly SectionId[]>> = {
  repository: ["settings"],
  contents: ["storage", "pushes"],
  lifecyclePolicy: ["lifecycle"],
  repositoryPolicy: ["access"],
  scanSettings: ["scans"],
};

/** Makes the head of the page. */
export function makeHead(state: RepositoryState): PageHead {
  const { t } = vscode.l10n;
  const { refresh, cleanUp, copy } = headActions;
  return {
    title: state.name,
    subtitle: state.registry,
    status: statusText(state),
    isBusy: state.isReading,
    buttons: [
      { action: refresh, label: t("Refresh") },
      { action: cleanUp, label: t("Clean Up Images…") },
      { action: copy, label: t("Copy URI") },
    ],
    sections: SECTIONS,
    words: pageWords(),
  };
}

function statusText({ name, parts, isReading }: RepositoryState): string {
  const { t } = vscode.l10n;
  const { repository, contents } = parts;
  if (repository?.state === "known" && repository.value === undefined) {
    return t("{0} is not there any more.", name);
  }
  if (contents?.state !== "known") return isReading ? t("Reading…") : "";
  const { images, isComplete } = contents.value;
  const count = countText(images.length);
  return isComplete ? `${count}.` : t("{0} so far…", count);
}

/** Makes one section; `now` is what ages are told from. */
export function makeSection(
  id: SectionId,
  state: RepositoryState,
  actionsOf: ActionsOf,
  now: Date,
): PageSection {
  const { t } = vscode.l10n;
  const titles: Readonly<Record<SectionId, string>> = {
    storage: t("Storage"),
    pushes: t("Pushes per Week"),
    lifecycle: t("Lifecycle Policy"),
    access: t("Repository Policy"),
    scans: t("Scans"),
    settings: t("Settings"),
  };
  const note = id === "storage" ? storageNote(state) : undefined;
  return {
    id,
    title: titles[id],
    ...(note !== undefined && { note }),
    isBusy: state.isReading,
    blocks: makeBlocks(id, state, actionsOf, now),
  };
}

function storageNote({ parts: { contents } }: RepositoryState): string | undefined {
  if (contents?.state !== "known") return undefined;
  // An index has the bytes of what it holds.
  const bytes = contents.value.images
    .filter((image) => !isIndex(image))
    .reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  return vscode.l10n.t("up to {0}", formatBytes(bytes));
}

function makeBlocks(
  id: SectionId,
  state: RepositoryState,
  actionsOf: ActionsOf,
  now: Date,
): readonly PageBlock[] {
  const { parts, preview } = state;
  switch (id) {
    case "storage":
      return partBlocks("contents", parts.contents, actionsOf, (contents) => [
        ...storageBlocks(contents, now),
        ...(contents.manifestError === undefined
          ? []
          : [
              {
                kind: "text" as const,
                text: vscode.l10n.t(
                  "Which images belong together is not known, so that platforms count as untagged.",
                ),
                tone: "warning" as const,
              },
              ...partBlocks("manifests", failed(contents.manifestError), actionsOf, () => []),
            ]),
      ]);
    case "pushes":
      // What storage could not read is said there.
      return parts.contents?.state === "known" ? pushBlocks(parts.contents.value, now) : [];
    case "lifecycle":
      return partBlocks("lifecyclePolicy", parts.lifecyclePolicy, actionsOf, (policy) =>
        preview.state === "failed"
          ? [
              ...lifecycleBlocks(policy, { state: "none" }),
              ...partBlocks("preview", preview, actionsOf, () => []),
            ]
          : lifecycleBlocks(policy, preview),
      );
    case "access":
      return partBlocks("repositoryPolicy", parts.repositoryPolicy, actionsOf, accessBlocks);
    case "scans":
      return partBlocks("scanSettings", parts.scanSettings, actionsOf, scanBlocks);
    case "settings":
      return partBlocks("repository", parts.repository, actionsOf, (repository) =>
        repository ? settingBlocks(repository) : [],
      );
  }
}

/** Tells how a part stands whose failure has buttons. */
export function outcomeOf(
  { parts, preview }: RepositoryState,
  part: string,
): Outcome<unknown> | undefined {
  if (part === "preview") return preview.state === "failed" ? preview : undefined;
  if (part === "manifests") {
    const { contents } = parts;
    return contents?.state === "known" ? failed(contents.value.manifestError) : undefined;
  }
  return Object.entries(parts).find(([id]) => id === part)?.[1];
}

function failed(error: unknown): Outcome<never> {
  return { state: "failed", error };
}
