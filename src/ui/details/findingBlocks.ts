import * as vscode from "vscode";
import {
  compareFindings,
  countFindings,
  type Finding,
  type FindingsPage,
  safeLink,
  type Scan,
  SEVERITIES,
  type Severity,
  type SeverityCounts,
  totalOf,
} from "../../core/images/imageDetails/findings.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock, PageCell, PageColumn, PageRow, PageTone } from "../pages/pageModel.js";
import { instantText } from "./identityBlocks.js";

/** The table of findings, to which rows of later pages go. */
export const FINDINGS_TABLE = "findings";
/** How the action of a finding's link begins; its address follows. */
export const LINK_ACTION = "link/";

/** Packages of one finding that are named; the others are counted. */
const MOST_PACKAGES = 5;
const CELL_LENGTH = 200;

/** Shows the findings of an image, as far as they were read. */
export function findingBlocks({ scan, findings, isCut }: FindingsPage): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const blocks: PageBlock[] = [{ kind: "text", text: scanText(scan), tone: "muted" }];
  if (findings.length === 0) return blocks;
  const counts = totalOf(scan.counts) === 0 ? countFindings(findings) : scan.counts;
  blocks.push(severityBars(counts));
  if (isCut) {
    const text = t("There are more than the {0} that were read.", number(findings.length));
    blocks.push({ kind: "text", text, tone: "warning" });
  }
  blocks.push({
    kind: "table",
    id: FINDINGS_TABLE,
    caption: t("Findings"),
    filter: t("Filter"),
    columns: findingColumns(),
    rows: findingRows(findings),
  });
  return blocks;
}

/** Says how many findings there are, for a heading. */
export function findingsNote({ scan, findings }: FindingsPage): string | undefined {
  const total = Math.max(totalOf(scan.counts), findings.length);
  if (total === 0) return undefined;
  return number(total);
}

/** The columns of a table of findings. */
export function findingColumns(): readonly PageColumn[] {
  const { t } = vscode.l10n;
  return [
    { title: t("Finding"), isData: true, sorts: true },
    { title: t("Severity"), isShort: true, sorts: true },
    { title: t("Score"), isNumber: true, sorts: true },
    { title: t("Package"), isData: true, isWide: true, sorts: true },
    { title: t("Installed"), isData: true },
    { title: t("Fixed in"), isData: true, sorts: true },
    { title: t("Exploit"), isShort: true, sorts: true },
  ];
}

/** Makes the rows of findings, the worst of them first. */
export function findingRows(findings: readonly Finding[]): readonly PageRow[] {
  return findings.toSorted(compareFindings).map(findingRow);
}

/** Names a severity. */
function severityName(severity: Severity): string {
  const { t } = vscode.l10n;
  const names: Readonly<Record<Severity, string>> = {
    critical: t("Critical"),
    high: t("High"),
    medium: t("Medium"),
    low: t("Low"),
    informational: t("Informational"),
    undefined: t("Not rated"),
  };
  return names[severity];
}

/** The colour that goes with a severity, whose name stands beside it. */
function severityTone(severity: Severity): PageTone {
  if (severity === "informational") return "slight";
  return severity === "undefined" ? "both" : severity;
}

function severityBars(counts: SeverityCounts): PageBlock {
  const most = Math.max(...SEVERITIES.map((severity) => counts[severity] ?? 0));
  return {
    kind: "bars",
    caption: vscode.l10n.t("Findings by severity"),
    bars: SEVERITIES.filter((severity) => counts[severity] !== undefined).map((severity) => ({
      label: severityName(severity),
      text: number(counts[severity] ?? 0),
      share: most === 0 ? 0 : (counts[severity] ?? 0) / most,
      tone: severityTone(severity),
    })),
  };
}

function findingRow(finding: Finding): PageRow {
  const { id, severity, score, packages, hasExploit, description } = finding;
  const { t } = vscode.l10n;
  const link = safeLink(finding.link);
  const named = packages.slice(0, MOST_PACKAGES);
  const more = packages.length - named.length;
  const lines = (of: (index: number) => string): string =>
    named.map((_, index) => of(index)).join("\n");
  const names = lines((index) => visibleText(named[index]?.name ?? "", CELL_LENGTH));
  const cell: PageCell = {
    text: visibleText(id, CELL_LENGTH),
    ...(link !== undefined && { action: `${LINK_ACTION}${link}` }),
    ...(description !== "" && { hint: visibleText(description) }),
  };
  return [
    cell,
    {
      text: severityName(severity),
      sort: SEVERITIES.indexOf(severity),
      tone: severityTone(severity),
    },
    { text: score === undefined ? "" : score.toFixed(1), sort: score ?? -1 },
    more > 0 ? `${names}\n${t("and {0} more", more)}` : names,
    lines((index) => visibleText(named[index]?.version ?? "", CELL_LENGTH)),
    lines((index) => visibleText(named[index]?.fixedIn ?? "–", CELL_LENGTH)),
    hasExploit === undefined ? "" : hasExploit ? t("known") : t("none known"),
  ];
}

function scanText({ state, note, completedAt }: Scan): string {
  const { t } = vscode.l10n;
  const because = note === undefined ? "" : visibleText(note, CELL_LENGTH);
  switch (state) {
    case "none":
      return t("Nobody has scanned it.");
    case "running":
      return t("A scan is under way.");
    case "complete":
      return completedAt
        ? t("A basic scan ended {0}.", instantText(completedAt))
        : t("A basic scan has ended.");
    case "continuous":
      return t("Amazon Inspector scans it continuously.");
    case "failed":
      return t("The scan failed. {0}", because);
    case "unsupported":
      return t("ECR can't scan images of this kind. {0}", because);
    case "eligibility-expired":
      return t("It is too old to be scanned further. {0}", because);
    case "unavailable":
      return t("ECR has no findings for it. {0}", because);
    case "limit-exceeded":
      return t("It was scanned as often as ECR allows for now. {0}", because);
    case "archived":
      return t("It is archived, and archived images are not scanned.");
  }
}

function number(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
