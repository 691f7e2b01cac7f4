import type {
  DescribeImageScanFindingsResponse,
  EnhancedImageScanFinding,
  ImageScanFinding,
  ScanStatus,
  VulnerablePackage,
} from "@aws-sdk/client-ecr";
import {
  type Finding,
  type FindingsPage,
  type FoundPackage,
  parseSeverity,
  type Scan,
  type ScanState,
  type Severity,
} from "../core/images/imageDetails/findings.js";

/** Reads a page of findings, of a basic scan or of Amazon Inspector's. */
export function readFindingsPage(
  answer: DescribeImageScanFindingsResponse,
): Omit<FindingsPage, "isCut"> {
  const { findings = [], enhancedFindings = [] } = answer.imageScanFindings ?? {};
  return {
    scan: readScan(answer),
    findings: [...findings.map(readBasic), ...enhancedFindings.map(readEnhanced)],
  };
}

/** A scan of which there is nothing but its state. */
export function emptyScan(state: ScanState): Scan {
  return { state, note: undefined, completedAt: undefined, counts: {} };
}

const STATES: Readonly<Record<ScanStatus, ScanState>> = {
  ACTIVE: "continuous",
  COMPLETE: "complete",
  FAILED: "failed",
  FINDINGS_UNAVAILABLE: "unavailable",
  IMAGE_ARCHIVED: "archived",
  IN_PROGRESS: "running",
  LIMIT_EXCEEDED: "limit-exceeded",
  PENDING: "running",
  SCAN_ELIGIBILITY_EXPIRED: "eligibility-expired",
  UNSUPPORTED_IMAGE: "unsupported",
};

function readScan({ imageScanStatus, imageScanFindings }: DescribeImageScanFindingsResponse): Scan {
  const counts: Partial<Record<Severity, number>> = {};
  for (const [word, count] of Object.entries(imageScanFindings?.findingSeverityCounts ?? {})) {
    const severity = parseSeverity(word);
    counts[severity] = (counts[severity] ?? 0) + count;
  }
  return {
    state: STATES[imageScanStatus?.status ?? "FINDINGS_UNAVAILABLE"],
    note: imageScanStatus?.description || undefined,
    completedAt: imageScanFindings?.imageScanCompletedAt,
    counts,
  };
}

/** Facts stand in attributes: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html */
function readBasic({ name, severity, attributes, description, uri }: ImageScanFinding): Finding {
  const facts = new Map(attributes?.map(({ key, value }) => [key, value]));
  const score = Number(
    facts.get("CVSS4_SCORE") ?? facts.get("CVSS3_SCORE") ?? facts.get("CVSS2_SCORE"),
  );
  const packageName = facts.get("package_name");
  const version = facts.get("package_version") ?? "";
  return {
    id: name ?? "",
    severity: parseSeverity(severity),
    score: Number.isFinite(score) ? score : undefined,
    packages: packageName === undefined ? [] : [{ name: packageName, version, fixedIn: undefined }],
    hasExploit: undefined,
    description: description ?? "",
    link: uri,
  };
}

function readEnhanced(finding: EnhancedImageScanFinding): Finding {
  const { packageVulnerabilityDetails: details, exploitAvailable } = finding;
  return {
    id: details?.vulnerabilityId ?? finding.title ?? "",
    severity: parseSeverity(finding.severity),
    score: finding.score,
    packages: (details?.vulnerablePackages ?? []).map(readPackage),
    hasExploit: exploitAvailable === undefined ? undefined : exploitAvailable === "YES",
    description: finding.description ?? finding.title ?? "",
    link: details?.sourceUrl ?? details?.referenceUrls?.[0],
  };
}

function readPackage({ name, version, release, fixedInVersion }: VulnerablePackage): FoundPackage {
  return {
    name: name ?? "",
    version: [version, release].filter(Boolean).join("-"),
    // Inspector's word for none.
    fixedIn: fixedInVersion === "NotAvailable" ? undefined : fixedInVersion || undefined,
  };
}
