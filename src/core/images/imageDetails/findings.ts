/** How bad findings may be, worst first; `undefined` is what the scanner has not rated. */
export const SEVERITIES = [
  "critical",
  "high",
  "medium",
  "low",
  "informational",
  "undefined",
] as const;

/** How bad a finding is. */
export type Severity = (typeof SEVERITIES)[number];

/** A vulnerability that a scan found. */
export interface Finding {
  /** Mostly a CVE number. */
  readonly id: string;
  readonly severity: Severity;
  /** From 0 to 10; undefined where nobody rated it. */
  readonly score: number | undefined;
  readonly packages: readonly FoundPackage[];
  /** Whether somebody has published how to use it; undefined where the scan does not tell. */
  readonly hasExploit: boolean | undefined;
  readonly description: string;
  /** Where to read on, as the scanner says; to be checked before it is opened. */
  readonly link: string | undefined;
}

/** A package that a finding is about. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  /** The first version without it; undefined where there is none, or the scan does not tell. */
  readonly fixedIn: string | undefined;
}

/**
 * What is known of an image's scan.
 *
 * - `none`: nobody scanned it
 * - `running`: it is being scanned, or waits for it
 * - `complete`: a basic scan ended; `continuous`: Amazon Inspector looks again and again
 * - the others: there are no findings, for the reason that the state names
 */
export type ScanState =
  | "none"
  | "running"
  | "complete"
  | "continuous"
  | "failed"
  | "unsupported"
  | "eligibility-expired"
  | "unavailable"
  | "limit-exceeded"
  | "archived";

/** A scan, as far as ECR tells with each page of findings. */
export interface Scan {
  readonly state: ScanState;
  /** ECR's own words about the state. */
  readonly note: string | undefined;
  readonly completedAt: Date | undefined;
  /** How many findings of each severity there are, also those not read yet. */
  readonly counts: SeverityCounts;
}

/** Numbers of findings by severity; none is zero. */
export type SeverityCounts = Readonly<Partial<Record<Severity, number>>>;

/** A page of findings. */
export interface FindingsPage {
  readonly scan: Scan;
  readonly findings: readonly Finding[];
  /** Whether there are more than are read, which has a bound. */
  readonly isCut: boolean;
}

/** Reads a severity in ECR's or Inspector's words; what nobody knows is `undefined`. */
export function parseSeverity(text: string | undefined): Severity {
  const lower = text?.toLowerCase();
  return SEVERITIES.find((severity) => severity === lower) ?? "undefined";
}

/** Counts findings by severity. */
export function countFindings(findings: readonly Finding[]): SeverityCounts {
  const counts: Partial<Record<Severity, number>> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** Adds numbers of findings up. */
export function totalOf(counts: SeverityCounts): number {
  return SEVERITIES.reduce((total, severity) => total + (counts[severity] ?? 0), 0);
}

/** Compares findings: the worst first, then by score, then by name with numbers as numbers. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (b.score ?? 0) - (a.score ?? 0) ||
    a.id.localeCompare(b.id, "en", { numeric: true })
  );
}

/** Returns an address that may be opened in a browser: `https` without a login in it; else undefined. */
export function safeLink(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { protocol, username, password, href } = new URL(link);
  return protocol === "https:" && username === "" && password === "" ? href : undefined;
}
