import { invalidParameter } from "./awsError.js";
import type { Context } from "./context.js";
import type { Input } from "./input.js";
import type { ScannedFinding } from "./records.js";
import type { RegistryKey } from "./store.js";

/** Lets an image have been scanned, with what the scan found. */
export function setScan({ store }: Context, key: RegistryKey, input: Input): void {
  const name = input.string("repository");
  const repository = store.registry(key).find(name);
  if (!repository) throw invalidParameter("repository", `There is no repository ${name}`);
  const images = store.images(key, repository);
  const digest = input.string("digest");
  const image = images.byDigest(digest);
  if (!image) throw invalidParameter("digest", `There is no image ${digest}`);
  const told = input.object("report");
  const description = told.optionalString("description");
  const report = {
    status: told.string("status"),
    ...(description === undefined ? {} : { description }),
    findings: readFindings(told, "findings"),
    enhancedFindings: readFindings(told, "enhancedFindings"),
  };
  images.apply({ put: [{ ...image, scan: { startedAt: Date.now(), looks: 1, report } }] });
}

function readFindings(report: Input, name: string): readonly ScannedFinding[] {
  const findings = report.optionalObjects(name, 0, 100_000) ?? [];
  return findings.map((finding) => ({ ...finding.all(), severity: finding.string("severity") }));
}
