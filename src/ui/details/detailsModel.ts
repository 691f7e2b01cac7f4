import * as vscode from "vscode";
import type { FindingsPage } from "../../core/images/imageDetails/findings.js";
import type { Outcome } from "../../core/images/imageDetails/readDetails.js";
import type { PageHead, PageSection } from "../pages/pageModel.js";
import { registryLabel } from "../registryLabel.js";
import { configBlocks } from "./configBlocks.js";
import {
  type DetailsState,
  entriesOf,
  listSections,
  type SectionId,
  valueOf,
} from "./detailsState.js";
import { expiryBlocks } from "./expiryBlocks.js";
import { findingBlocks, findingsNote } from "./findingBlocks.js";
import { identityBlocks } from "./identityBlocks.js";
import { goneText, type ImageSubject, subjectName } from "./imageSubject.js";
import { layerBlocks } from "./layerBlocks.js";
import { pageWords } from "./pageWords.js";
import { type ActionsOf, partBlocks } from "./partBlocks.js";
import { platformBlocks } from "./platformBlocks.js";
import { referrerBlocks } from "./referrerBlocks.js";

/** What buttons of the head do. */
export const headActions = {
  refresh: "refresh",
  copy: "copy",
  manifest: "manifest",
  config: "config",
  compare: "compare",
} as const;

/** Makes the head of the page. */
export function makeHead(subject: ImageSubject, state: DetailsState): PageHead {
  const { t } = vscode.l10n;
  return {
    title: subjectName(subject),
    subtitle: registryLabel(subject.location),
    status: state.isGone
      ? goneText(subject, listSections(state).length > 0)
      : state.isReading
        ? t("Reading…")
        : "",
    ...(state.isGone && { statusTone: "warning" }),
    isBusy: state.isReading,
    buttons: [
      { action: headActions.refresh, label: t("Refresh") },
      { action: headActions.copy, label: t("Copy Digest URI") },
      { action: headActions.manifest, label: t("Show Manifest") },
      { action: headActions.config, label: t("Show Config") },
      { action: headActions.compare, label: t("Compare…") },
    ],
    sections: listSections(state),
    words: pageWords(),
  };
}

/** Makes one section of the page. */
export function makeSection(
  id: SectionId,
  subject: ImageSubject,
  state: DetailsState,
  actionsOf: ActionsOf,
): PageSection {
  const { t } = vscode.l10n;
  const { parts, platformParts, showsValues } = state;
  const { image, referrers, expiry } = parts;
  const { contents, findings } = platformParts;
  switch (id) {
    case "image":
      return section(id, t("Image"), image, () =>
        partBlocks(id, image, actionsOf, (known) => (known ? identityBlocks(subject, known) : [])),
      );
    case "platforms": {
      const entries = entriesOf(state);
      return section(id, t("Platforms"), parts.manifest, () =>
        platformBlocks(entries, state.platform),
      );
    }
    case "run":
      return section(id, t("How It Runs"), contents, () =>
        partBlocks(id, contents, actionsOf, (known) => configBlocks(known, showsValues)),
      );
    case "layers":
      return section(id, t("Layers"), contents, () =>
        partBlocks(id, contents, actionsOf, (known) => layerBlocks(known, showsValues)),
      );
    case "findings": {
      const made = section(id, t("Findings"), findings, () =>
        partBlocks(id, findings, actionsOf, findingBlocks),
      );
      const note = noteOf(findings);
      const isBusy = made.isBusy || state.isReadingFindings;
      return { ...made, isBusy, ...(note !== undefined && { note }) };
    }
    case "referrers":
      return section(id, t("Signatures and Attestations"), referrers, () =>
        partBlocks(id, referrers, actionsOf, (known) => referrerBlocks(known, entriesOf(state))),
      );
    case "lifecycle":
      return section(id, t("Lifecycle"), expiry, () =>
        partBlocks(id, expiry, actionsOf, expiryBlocks),
      );
  }
}

function noteOf(findings: Outcome<FindingsPage> | undefined): string | undefined {
  const page = valueOf(findings);
  return page && findingsNote(page);
}

function section(
  id: SectionId,
  title: string,
  outcome: unknown,
  blocks: () => PageSection["blocks"],
): PageSection {
  return { id, title, isBusy: outcome === undefined, blocks: blocks() };
}
