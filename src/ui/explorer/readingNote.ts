import * as vscode from "vscode";
import type { ImageOrder } from "../../core/images/imageOrder.js";
import { formatAge } from "../quantities.js";
import type { ImageReading } from "./imageReading.js";

/** Rows that were read longer ago say so. */
const OLD_MS = 5 * 60_000;

/** Adds to a repository's row how its images were read: in which order, when, and whether anew. */
export function noteReading(
  item: vscode.TreeItem,
  reading: Pick<ImageReading, "order" | "isComplete" | "readSoFar" | "readAt"> | undefined,
  now: Date,
): vscode.TreeItem {
  if (!reading) return item;
  const words = [orderWords(reading.order), readingWords(reading, now)].filter(
    (word) => word !== undefined,
  );
  if (words.length === 0) return item;
  const description = typeof item.description === "string" ? [item.description] : [];
  item.description = [...description, ...words].join(" · ");
  const label = item.accessibilityInformation?.label;
  if (label !== undefined) item.accessibilityInformation = { label: [label, ...words].join(", ") };
  return item;
}

/** Names an order on a row; undefined for the usual one. */
function orderWords(order: ImageOrder): string | undefined {
  const { t } = vscode.l10n;
  switch (order) {
    case "newest":
      return undefined;
    case "tag":
      return t("by tag");
    case "highest-tag":
      return t("highest tag first");
    case "largest":
      return t("largest first");
    case "last-pulled":
      return t("last pulled first");
  }
}

function readingWords(
  { isComplete, readSoFar, readAt }: Pick<ImageReading, "isComplete" | "readSoFar" | "readAt">,
  now: Date,
): string | undefined {
  const { t } = vscode.l10n;
  // The first time the count stands at the end of the rows.
  if (readSoFar !== undefined) {
    return isComplete
      ? t("reading anew, {0}", readSoFar.toLocaleString(vscode.env.language))
      : undefined;
  }
  if (!readAt || now.getTime() - readAt.getTime() < OLD_MS) return undefined;
  return t("read {0}", formatAge(readAt, now));
}
