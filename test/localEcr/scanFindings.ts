const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED"] as const;

/** One made-up vulnerability, in the form of a basic scan. */
export interface ScanFinding {
  readonly name: string;
  readonly severity: (typeof severities)[number];
  readonly description: string;
  readonly uri: string;
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
}

/** Returns the findings of an image: made up, and always the same for the same digest. */
export function scanFindings(digest: string): ScanFinding[] {
  const count = Number.parseInt(digest.slice(-2), 16) % 24;
  return Array.from({ length: count }, (_, index) => {
    const name = `CVE-2026-${String(1000 + index)}`;
    return {
      name,
      severity: severities[index % severities.length] ?? "UNDEFINED",
      description: `A made-up vulnerability, number ${index + 1}`,
      uri: `https://cve.example/${name}`,
      attributes: [
        { key: "package_name", value: `package-${index + 1}` },
        { key: "package_version", value: "1.0.0" },
      ],
    };
  });
}

/** Counts findings by severity. */
export function countBySeverity(
  findings: readonly { readonly severity: string }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}
