import * as vscode from "vscode";
import { countPushWeeks } from "../../core/repositories/repositoryFacts/pushWeeks.js";
import type { RepositoryContents } from "../../core/repositories/repositoryFacts/readRepositoryParts.js";
import {
  shareStorage,
  type StorageUse,
} from "../../core/repositories/repositoryFacts/storageShares.js";
import { sizeTags } from "../../core/repositories/repositoryFacts/tagSizes.js";
import type { PageBlock, PageTone } from "../pages/pageModel.js";
import { formatAge, formatBytes, shortDigest } from "../quantities.js";

/** Half a year. */
const WEEKS = 26;
/** So many of the largest images are listed. */
const MAX_TAGS = 1_000;

/** Shows what a repository stores: over time, for what, and by tag. */
export function storageBlocks(
  { images, manifests, isComplete }: RepositoryContents,
  now: Date,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (images.length === 0) {
    return [{ kind: "text", text: isComplete ? t("No images.") : t("Reading images…") }];
  }
  const weeks = countPushWeeks(images, now, WEEKS);
  const total = weeks.at(-1)?.totalBytes ?? 0;
  const shares = shareStorage(images, manifests);
  return [
    {
      kind: "text",
      text: t(
        "Sizes are compressed and of each image by itself. Images share layers, which ECR stores once, so that less is stored than the sum.",
      ),
      tone: "muted",
    },
    {
      kind: "columns",
      label: t(
        "{0} now, by the week in which it was pushed; what was deleted is not known",
        formatBytes(total),
      ),
      table: t("As a table"),
      heads: [t("Week from"), t("Stored until then")],
      columns: weeks.map(({ startAt, totalBytes }) => ({
        name: formatDay(startAt),
        text: formatBytes(totalBytes),
        share: total === 0 ? 0 : totalBytes / total,
      })),
      tone: "first",
    },
    {
      kind: "bars",
      caption: t("Stored bytes by use"),
      bars: shares.map(({ use, images: count, bytes }) => ({
        label: useText(use),
        text: `${countText(count)} · ${formatBytes(bytes)}`,
        share: total === 0 ? 0 : bytes / total,
        tone: TONES[use],
      })),
    },
    ...(isComplete ? [tagTable({ images, manifests }, now)] : []),
  ];
}

/** Shows how often somebody pushed. */
export function pushBlocks({ images }: RepositoryContents, now: Date): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const weeks = countPushWeeks(images, now, WEEKS);
  const most = Math.max(...weeks.map(({ pushes }) => pushes));
  const all = weeks.reduce((sum, { pushes }) => sum + pushes, 0);
  return [
    {
      kind: "columns",
      label: t(
        "{0} images of the last {1} weeks are there; the most of one week are {2}",
        all,
        WEEKS,
        most,
      ),
      table: t("As a table"),
      heads: [t("Week from"), t("Images pushed")],
      columns: weeks.map(({ startAt, pushes }) => ({
        name: formatDay(startAt),
        text: String(pushes),
        share: most === 0 ? 0 : pushes / most,
      })),
      tone: "second",
    },
  ];
}

function tagTable(
  { images, manifests }: Pick<RepositoryContents, "images" | "manifests">,
  now: Date,
): PageBlock {
  const { t } = vscode.l10n;
  return {
    kind: "table",
    id: "tags",
    caption: t("Images by tag, with all that belongs to them"),
    filter: t("Find a tag"),
    columns: [
      { title: t("Tags"), isData: true, isWide: true, sorts: true },
      { title: t("Digest"), isData: true, isShort: true },
      { title: t("Size"), isNumber: true, sorts: true },
      { title: t("Pushed"), isShort: true, sorts: true },
    ],
    rows: sizeTags(images, manifests)
      .slice(0, MAX_TAGS)
      .map(({ image: { tags, digest, pushedAt }, bytes }) => [
        tags.join(", "),
        shortDigest(digest),
        { text: formatBytes(bytes), sort: bytes },
        { text: pushedAt ? formatAge(pushedAt, now) : "", sort: pushedAt?.getTime() ?? 0 },
      ]),
  };
}

const TONES: Readonly<Record<StorageUse, PageTone>> = {
  tagged: "first",
  platform: "slight",
  untagged: "high",
  attached: "second",
  cache: "medium",
  archived: "both",
};

function useText(use: StorageUse): string {
  const { t } = vscode.l10n;
  switch (use) {
    case "tagged":
      return t("Tagged");
    case "platform":
      return t("Platforms of tagged images");
    case "untagged":
      return t("Untagged");
    case "attached":
      return t("Signatures and attestations");
    case "cache":
      return t("Build caches");
    case "archived":
      return t("Archived");
  }
}

/** Says how many images there are. */
export function countText(images: number): string {
  const { t } = vscode.l10n;
  return images === 1 ? t("1 image") : t("{0} images", images.toLocaleString(vscode.env.language));
}

function formatDay(at: Date): string {
  return at.toLocaleDateString(vscode.env.language, { dateStyle: "medium", timeZone: "UTC" });
}
