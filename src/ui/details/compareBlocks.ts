import * as vscode from "vscode";
import {
  type ComparedFinding,
  comparePackages,
  joinFindings,
} from "../../core/images/imageDetails/compareFindings.js";
import {
  compareConfigs,
  type ComparedLayer,
  compareLayers,
  type ConfigDifference,
  type ConfigField,
  type Presence,
} from "../../core/images/imageDetails/compareImages.js";
import type { FindingsPage } from "../../core/images/imageDetails/findings.js";
import type { PlatformContents } from "../../core/images/imageDetails/readDetails.js";
import type { Side } from "../../core/images/imageDetails/readSide.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock, PageTone } from "../pages/pageModel.js";
import { formatBytes } from "../quantities.js";
import type { Pair } from "./compareState.js";
import { VALUES_ACTION } from "./configBlocks.js";
import { digestCell } from "./digestCell.js";
import { findingColumns, findingRows } from "./findingBlocks.js";

/** Shows what two images share of their layers, and what each has alone. */
export function layerComparison(sides: Pair<Side>, names: Pair<string>): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const [first, second] = sides.map(({ contents }) => contents);
  if (!first || !second) return [unreadable(sides, names)];
  const compared = compareLayers(first.manifest, second.manifest);
  const { sharedBytes, onlyFirstBytes, onlySecondBytes } = compared;
  const most = Math.max(sharedBytes, onlyFirstBytes, onlySecondBytes);
  const bar = (label: string, bytes: number, tone: PageTone) => {
    return { label, text: formatBytes(bytes), share: most === 0 ? 0 : bytes / most, tone };
  };
  return [
    { kind: "text", text: differenceText(onlyFirstBytes, onlySecondBytes, names) },
    {
      kind: "bars",
      caption: t("What the images share"),
      bars: [
        bar(t("In both"), sharedBytes, "both"),
        bar(t("Only in {0}", names[0]), onlyFirstBytes, "first"),
        bar(t("Only in {0}", names[1]), onlySecondBytes, "second"),
      ],
    },
    {
      kind: "table",
      id: "layers",
      caption: t("Layers of both images"),
      columns: [
        { title: t("In"), isShort: true, sorts: true },
        { title: t("Digest"), isData: true, isWide: true },
        { title: t("Size"), isNumber: true, sorts: true },
      ],
      rows: compared.layers.map(({ layer, isIn }: ComparedLayer) => [
        { text: presenceText(isIn, names), tone: isIn },
        digestCell(layer.digest),
        { text: formatBytes(layer.sizeBytes), sort: layer.sizeBytes },
      ]),
    },
  ];
}

/** Shows which settings differ; values of variables only when they were asked for. */
export function configComparison(
  sides: Pair<Side>,
  names: Pair<string>,
  showsValues: boolean,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const [first, second] = sides.map(({ contents }) => contents?.config);
  if (!first || !second) return [unreadable(sides, names)];
  const differences = compareConfigs(first, second);
  if (differences.length === 0) {
    return [{ kind: "text", text: t("Nothing differs in how they run."), tone: "muted" }];
  }
  const valueOf = ({ field }: ConfigDifference, value: string | undefined): string => {
    if (value === undefined) return "–";
    return field === "variable" && !showsValues ? "•••" : visibleText(value);
  };
  const blocks: PageBlock[] = [
    {
      kind: "table",
      id: "config",
      caption: t("Differences in how they run"),
      columns: [
        { title: t("Setting"), sorts: true },
        { title: names[0], isData: true },
        { title: names[1], isData: true },
      ],
      rows: differences.map((difference) => [
        fieldName(difference),
        valueOf(difference, difference.first),
        valueOf(difference, difference.second),
      ]),
    },
  ];
  if (differences.some(({ field }) => field === "variable")) {
    const label = showsValues ? t("Hide Values") : t("Show Values");
    blocks.push({ kind: "buttons", buttons: [{ action: VALUES_ACTION, label }] });
  }
  return blocks;
}

/** Shows which findings only one of the images has, and which both. */
export function findingComparison(
  pages: Pair<FindingsPage>,
  names: Pair<string>,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const unscanned = names.filter((_, index) => isUnscanned(pages[index]));
  if (unscanned.length > 0) {
    const text = t("There are no findings of {0}: it was not scanned.", unscanned.join(", "));
    return [{ kind: "text", text, tone: "muted" }];
  }
  const joined = joinFindings(pages[0].findings, pages[1].findings);
  if (joined.length === 0) {
    return [{ kind: "text", text: t("Neither has any finding."), tone: "muted" }];
  }
  const most = Math.max(...(["first", "second", "both"] as const).map((is) => count(joined, is)));
  const bar = (label: string, isIn: Presence) => {
    const found = count(joined, isIn);
    return {
      label,
      text: found.toLocaleString(vscode.env.language),
      share: found / most,
      tone: isIn,
    };
  };
  return [
    {
      kind: "bars",
      caption: t("Findings of both images"),
      bars: [
        bar(t("Only in {0}", names[0]), "first"),
        bar(t("Only in {0}", names[1]), "second"),
        bar(t("In both"), "both"),
      ],
    },
    {
      kind: "table",
      id: "findings",
      caption: t("Findings of both images"),
      filter: t("Filter"),
      columns: [...findingColumns(), { title: t("In"), isShort: true, sorts: true }],
      rows: joined.flatMap(({ finding, isIn }) =>
        findingRows([finding]).map((row) => [
          ...row,
          { text: presenceText(isIn, names), tone: isIn },
        ]),
      ),
    },
  ];
}

/** Shows the packages whose versions differ, as far as findings tell of packages. */
export function packageComparison(
  pages: Pair<FindingsPage>,
  names: Pair<string>,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const about = t("Only packages that a finding names are known here.");
  const packages = comparePackages(pages[0].findings, pages[1].findings);
  const note: PageBlock = { kind: "text", text: about, tone: "muted" };
  if (packages.length === 0) {
    return [{ kind: "text", text: t("No package is known to differ.") }, note];
  }
  const versions = (list: readonly string[]): string =>
    list.length === 0 ? "–" : visibleText(list.join("\n"), 500);
  return [
    {
      kind: "table",
      id: "packages",
      caption: t("Packages whose versions differ"),
      columns: [
        { title: t("Package"), isData: true, isWide: true, sorts: true },
        { title: names[0], isData: true },
        { title: names[1], isData: true },
      ],
      rows: packages.map(({ name, first, second }) => [
        visibleText(name, 200),
        versions(first),
        versions(second),
      ]),
    },
    note,
  ];
}

function count(joined: readonly ComparedFinding[], wanted: Presence): number {
  return joined.filter(({ isIn }) => isIn === wanted).length;
}

function isUnscanned(page: FindingsPage | undefined): boolean {
  return page?.findings.length === 0 && !["complete", "continuous"].includes(page.scan.state);
}

function differenceText(firstBytes: number, secondBytes: number, names: Pair<string>): string {
  const { t } = vscode.l10n;
  const difference = secondBytes - firstBytes;
  if (difference === 0) return t("Both are of the same size.");
  const bytes = formatBytes(Math.abs(difference));
  return difference > 0
    ? t("{0} is {1} larger than {2}, compressed.", names[1], bytes, names[0])
    : t("{0} is {1} smaller than {2}, compressed.", names[1], bytes, names[0]);
}

function presenceText(isIn: Presence, names: Pair<string>): string {
  if (isIn === "both") return vscode.l10n.t("both");
  return isIn === "first" ? names[0] : names[1];
}

function unreadable(sides: Pair<Side>, names: Pair<string>): PageBlock {
  const { t } = vscode.l10n;
  const missing = names.filter((_, index) => !readable(sides[index]?.contents));
  const text = t("{0} can't be compared: it is archived, gone, or no image.", missing.join(", "));
  return { kind: "text", text, tone: "warning" };
}

function readable(contents: PlatformContents | undefined): boolean {
  return contents?.config !== undefined;
}

function fieldName({ field, name }: ConfigDifference): string {
  const { t } = vscode.l10n;
  const shown = visibleText(name ?? "", 200);
  const names: Readonly<Record<ConfigField, string>> = {
    platform: t("Platform"),
    entrypoint: t("Entrypoint"),
    command: t("Command"),
    variable: t("Variable {0}", shown),
    label: t("Label {0}", shown),
    user: t("User"),
    workingFolder: t("Working folder"),
    ports: t("Exposed ports"),
    volumes: t("Volumes"),
    stopSignal: t("Stop signal"),
    healthCheck: t("Health check"),
  };
  return names[field];
}
