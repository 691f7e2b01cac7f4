import * as vscode from "vscode";
import type { ManifestEntry } from "../../core/images/manifest.js";
import type {
  Referrer,
  ReferrerRole,
  Referrers,
} from "../../core/images/imageDetails/referrers.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock } from "../pages/pageModel.js";
import { formatAge, formatBytes } from "../quantities.js";
import { digestCell } from "./digestCell.js";

/** Shows what is about an image, and the attestations that its index holds. */
export function referrerBlocks(
  { list, isCut }: Referrers,
  entries: readonly ManifestEntry[],
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const all = [...list, ...attestationsOf(entries)];
  if (all.length === 0) {
    const text = t("It has no signature, no list of its software and no attestation in ECR.");
    return [{ kind: "text", text, tone: "muted" }];
  }
  const blocks: PageBlock[] = [
    {
      kind: "table",
      id: "referrers",
      caption: t("What is about the image"),
      columns: [
        { title: t("Kind"), isShort: true, sorts: true },
        { title: t("Type"), isData: true, isWide: true, sorts: true },
        { title: t("Size"), isNumber: true, sorts: true },
        { title: t("Created"), isShort: true, sorts: true },
        { title: t("Digest"), isData: true, isShort: true },
      ],
      rows: all.map(({ role, artifactType, sizeBytes, createdAt, digest, tag }) => [
        roleName(role),
        visibleText(artifactType ?? tag ?? "", 200),
        {
          text: sizeBytes === undefined ? "" : formatBytes(sizeBytes),
          sort: sizeBytes ?? -1,
        },
        {
          text: createdAt ? formatAge(createdAt, new Date()) : "",
          sort: createdAt?.getTime() ?? 0,
        },
        digestCell(digest),
      ]),
    },
  ];
  if (isCut) {
    const text = t("There are more than the {0} that were read.", list.length);
    blocks.push({ kind: "text", text, tone: "warning" });
  }
  const about = t("Whether a signature is good is not checked here.");
  if (all.some(({ role }) => role === "signature")) {
    blocks.push({ kind: "text", text: about, tone: "muted" });
  }
  return blocks;
}

/** BuildKit keeps attestations in the index itself. */
function attestationsOf(entries: readonly ManifestEntry[]): readonly Referrer[] {
  return entries
    .filter(({ attestsTo }) => attestsTo !== undefined)
    .map(({ digest, mediaType }) => ({
      digest,
      role: "attestation",
      artifactType: mediaType,
      sizeBytes: undefined,
      createdAt: undefined,
      tag: undefined,
    }));
}

function roleName(role: ReferrerRole): string {
  const { t } = vscode.l10n;
  const names: Readonly<Record<ReferrerRole, string>> = {
    signature: t("Signature"),
    sbom: t("List of software (SBOM)"),
    attestation: t("Attestation"),
    artifact: t("Artifact"),
  };
  return names[role];
}
