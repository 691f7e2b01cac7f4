import * as vscode from "vscode";
import { hideValues } from "../../core/images/imageDetails/instruction.js";
import {
  joinLayers,
  largestLayers,
  type LayerStep,
  type LayerSteps,
} from "../../core/images/imageDetails/layerSteps.js";
import type { PlatformContents } from "../../core/images/imageDetails/readDetails.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock, PageTone } from "../pages/pageModel.js";
import { formatBytes, shortDigest } from "../quantities.js";
import { digestCell } from "./digestCell.js";
import { unreadable } from "./configBlocks.js";

/** So many layers have a bar of their own; the table has them all. */
const MOST_BARS = 8;

/** Shows the layers of an image by size, and its history with the layer that each step made. */
export function layerBlocks(
  contents: PlatformContents | undefined,
  showsValues: boolean,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (!contents) return [unreadable()];
  const { layers } = contents.manifest;
  if (layers.length === 0) return [{ kind: "text", text: t("It has no layers."), tone: "muted" }];
  const joined = joinLayers(layers, contents.config?.history ?? []);
  const nameOf = (step: LayerStep): string => stepText(step, showsValues);
  const blocks: PageBlock[] = [strip(joined), bars(joined, nameOf)];
  if (!joined.isJoined && contents.config) {
    const text = t(
      "The history does not tell which step made which layer, as of images that were squashed or rebased.",
    );
    blocks.push({ kind: "text", text, tone: "muted" });
  }
  return [...blocks, table(joined, nameOf)];
}

/** Adds the sizes of layers up. */
function totalBytes({ steps }: LayerSteps): number {
  return steps.reduce((sum, { layer }) => sum + (layer?.sizeBytes ?? 0), 0);
}

/** Takes turns, so that neighbours are told apart. */
function toneOf(number: number | undefined): PageTone {
  return (number ?? 0) % 2 === 0 ? "even" : "odd";
}

function strip(joined: LayerSteps): PageBlock {
  const { t } = vscode.l10n;
  const total = totalBytes(joined);
  const made = joined.steps.filter(({ layer }) => layer);
  const [largest] = largestLayers(joined);
  const bytes = largest?.layer?.sizeBytes ?? 0;
  const label = t(
    "{0} layers, {1} compressed, from the base on the left; the largest, layer {2}, is {3}, {4} of all.",
    made.length,
    formatBytes(total),
    largest?.number ?? 0,
    formatBytes(bytes),
    percent(share(bytes, total)),
  );
  const alone = t("1 layer, {0} compressed.", formatBytes(total));
  return {
    kind: "strip",
    label: made.length === 1 ? alone : label,
    parts: made.map(({ layer, number }) => ({
      title: t("Layer {0}: {1}", number ?? 0, formatBytes(layer?.sizeBytes ?? 0)),
      share: share(layer?.sizeBytes ?? 0, total),
      tone: toneOf(number),
    })),
  };
}

function bars(joined: LayerSteps, nameOf: (step: LayerStep) => string): PageBlock {
  const { t } = vscode.l10n;
  const largest = largestLayers(joined).slice(0, MOST_BARS);
  const most = largest[0]?.layer?.sizeBytes ?? 0;
  return {
    kind: "bars",
    caption: t("The largest layers"),
    bars: largest.map((step) => {
      const bytes = step.layer?.sizeBytes ?? 0;
      const name = nameOf(step) || shortDigest(step.layer?.digest ?? "");
      return {
        label: `${String(step.number ?? "")} ${name}`,
        text: formatBytes(bytes),
        share: share(bytes, most),
        tone: toneOf(step.number),
        isData: true,
      };
    }),
  };
}

function table({ steps }: LayerSteps, nameOf: (step: LayerStep) => string): PageBlock {
  const { t } = vscode.l10n;
  return {
    kind: "table",
    id: "history",
    caption: t("History: each step and the layer that it made"),
    columns: [
      { title: t("Layer"), isShort: true, sorts: true },
      { title: t("Instruction"), isData: true, isWide: true },
      { title: t("Size"), isNumber: true, sorts: true },
      { title: t("Digest"), isData: true, isShort: true },
    ],
    rows: steps.map((step, index) => [
      { text: step.number === undefined ? "" : String(step.number), sort: index },
      nameOf(step) || t("not told"),
      {
        text: step.layer ? formatBytes(step.layer.sizeBytes) : "",
        sort: step.layer?.sizeBytes ?? -1,
      },
      step.layer ? digestCell(step.layer.digest) : "",
    ]),
  };
}

function stepText({ instruction }: LayerStep, showsValues: boolean): string {
  return visibleText(showsValues ? instruction : hideValues(instruction));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function percent(value: number): string {
  return value.toLocaleString(vscode.env.language, { style: "percent" });
}
