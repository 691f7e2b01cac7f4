import * as vscode from "vscode";
import type { ManifestEntry } from "../../core/images/manifest.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock } from "../pages/pageModel.js";
import { shortDigest } from "../quantities.js";

/** The id of the choice of a platform, which comes back with what was chosen. */
export const PLATFORM_CHOICE = "platform";

/** Shows the platforms of an index, and lets one be chosen for the sections below. */
export function platformBlocks(
  entries: readonly ManifestEntry[],
  chosen: string | undefined,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const images = platformsOf(entries);
  const attestations = entries.length - images.length;
  const options = images.map((entry) => ({ value: entry.digest, label: platformLabel(entry) }));
  const about = t(
    "How it runs, its layers and its findings are those of the platform that is chosen here.",
  );
  return [
    {
      kind: "choice",
      id: PLATFORM_CHOICE,
      label: t("Platform"),
      options,
      chosen: chosen ?? "",
    },
    { kind: "text", text: about, tone: "muted" },
    {
      kind: "facts",
      caption: t("Platforms"),
      facts: images.map((entry) => ({
        name: visibleText(entry.platform ?? t("not told"), 100),
        values: [entry.digest],
        isData: true,
      })),
    },
    ...(attestations === 0 ? [] : [attestationText(attestations)]),
  ];
}

/** Returns the images of an index that run, without attestations. */
export function platformsOf(entries: readonly ManifestEntry[]): readonly ManifestEntry[] {
  return entries.filter(({ attestsTo }) => attestsTo === undefined);
}

/** Names a platform, or its digest where the index tells none. */
export function platformLabel({ platform, digest }: ManifestEntry): string {
  return platform === undefined ? shortDigest(digest) : visibleText(platform, 100);
}

function attestationText(count: number): PageBlock {
  const { t } = vscode.l10n;
  const text =
    count === 1
      ? t("The index also holds an attestation of how a platform was made.")
      : t("The index also holds {0} attestations of how platforms were made.", count);
  return { kind: "text", text, tone: "muted" };
}
