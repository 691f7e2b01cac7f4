import type { Presence } from "./compareImages.js";
import { compareFindings, type Finding } from "./findings.js";

/** A finding, and which of two images have it. */
export interface ComparedFinding {
  readonly finding: Finding;
  readonly isIn: Presence;
}

/** Joins the findings of two images; what only one has comes first, the worst first. */
export function joinFindings(
  first: readonly Finding[],
  second: readonly Finding[],
): readonly ComparedFinding[] {
  const inSecond = new Set(second.map(keyOf));
  const inFirst = new Set(first.map(keyOf));
  const joined: ComparedFinding[] = first.map((finding) => {
    return { finding, isIn: inSecond.has(keyOf(finding)) ? "both" : "first" };
  });
  for (const finding of second) {
    if (!inFirst.has(keyOf(finding))) joined.push({ finding, isIn: "second" });
  }
  return joined.sort(
    (a, b) =>
      Number(a.isIn === "both") - Number(b.isIn === "both") ||
      compareFindings(a.finding, b.finding),
  );
}

/** A package that findings tell of, with its versions in two images. */
export interface ComparedPackage {
  readonly name: string;
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** Lists the packages whose versions differ between two images, as far as findings tell of them. */
export function comparePackages(
  first: readonly Finding[],
  second: readonly Finding[],
): readonly ComparedPackage[] {
  const inFirst = versionsOf(first);
  const inSecond = versionsOf(second);
  return [...new Set([...inFirst.keys(), ...inSecond.keys()])]
    .sort((a, b) => a.localeCompare(b, "en"))
    .map((name) => {
      return { name, first: inFirst.get(name) ?? [], second: inSecond.get(name) ?? [] };
    })
    .filter((one) => one.first.join("\n") !== one.second.join("\n"));
}

/** The same vulnerability in another package is another finding; in another version it is the same. */
function keyOf({ id, packages }: Finding): string {
  return JSON.stringify([id, ...new Set(packages.map(({ name }) => name).sort())]);
}

function versionsOf(findings: readonly Finding[]): ReadonlyMap<string, readonly string[]> {
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of findings.flatMap(({ packages }) => packages)) {
    const known = versions.get(name);
    if (known) known.add(version);
    else versions.set(name, new Set([version]));
  }
  return new Map([...versions].map(([name, found]) => [name, [...found].sort()]));
}
