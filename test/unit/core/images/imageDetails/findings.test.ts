import { describe, expect, it } from "vitest";
import {
  joinFindings,
  comparePackages,
} from "../../../../../src/core/images/imageDetails/compareFindings.js";
import {
  compareFindings,
  countFindings,
  type Finding,
  parseSeverity,
  safeLink,
  totalOf,
} from "../../../../../src/core/images/imageDetails/findings.js";

const finding = (id: string, severity: Finding["severity"], ...packages: string[]): Finding => ({
  id,
  severity,
  score: undefined,
  packages: packages.map((text) => {
    const [name = "", version = ""] = text.split("@");
    return { name, version, fixedIn: undefined };
  }),
  hasExploit: undefined,
  description: "",
  link: undefined,
});

describe("severities", () => {
  it("are read in any spelling, and what nobody knows is not rated", () => {
    const words = ["CRITICAL", "High", "medium", "UNTRIAGED", "", undefined, "constructor"];
    expect(words.map(parseSeverity)).toEqual([
      ...["critical", "high", "medium", "undefined", "undefined", "undefined", "undefined"],
    ]);
  });

  it("are counted and added up", () => {
    const counts = countFindings([finding("a", "high"), finding("b", "high"), finding("c", "low")]);
    expect(counts).toEqual({ high: 2, low: 1 });
    expect(totalOf(counts)).toBe(3);
  });

  it("come worst first, then by score, then by name with numbers as numbers", () => {
    const list = [
      finding("CVE-2026-10", "low"),
      finding("CVE-2026-9", "low"),
      { ...finding("CVE-2026-11", "low"), score: 3 },
      finding("CVE-2026-1", "critical"),
    ];
    expect(list.sort(compareFindings).map(({ id }) => id)).toEqual([
      ...["CVE-2026-1", "CVE-2026-11", "CVE-2026-9", "CVE-2026-10"],
    ]);
  });
});

describe("safeLink", () => {
  it("lets only plain https addresses through", () => {
    expect(safeLink("https://nvd.nist.gov/vuln/detail/CVE-1?a=b")).toBe(
      "https://nvd.nist.gov/vuln/detail/CVE-1?a=b",
    );
    const refused = [
      "http://a.example/",
      "javascript:alert(1)",
      "command:workbench.action.quit",
      "vscode://x/y",
      "file:///etc/passwd",
      "https://kim:pw@a.example/",
      "//a.example",
      "https://",
      "",
      undefined,
    ];
    for (const link of refused) expect(safeLink(link), link).toBeUndefined();
  });
});

describe("two images", () => {
  it("have findings alone or in common; what differs comes first", () => {
    const joined = joinFindings(
      [finding("CVE-1", "high", "a@1"), finding("CVE-2", "low", "b@1")],
      [finding("CVE-1", "high", "a@2"), finding("CVE-3", "critical", "c@1")],
    );
    expect(joined.map(({ finding: { id }, isIn }) => [id, isIn])).toEqual([
      ["CVE-3", "second"],
      ["CVE-2", "first"],
      ["CVE-1", "both"],
    ]);
  });

  it("take the same vulnerability in another package for another finding", () => {
    const joined = joinFindings([finding("CVE-1", "low", "a@1")], [finding("CVE-1", "low", "b@1")]);
    expect(joined.map(({ isIn }) => isIn)).toEqual(["first", "second"]);
  });

  it("differ in the versions of packages that findings name", () => {
    const packages = comparePackages(
      [finding("x", "low", "a@1", "same@1"), finding("y", "low", "a@1")],
      [finding("x", "low", "a@2", "same@1", "new@1")],
    );
    expect(packages).toEqual([
      { name: "a", first: ["1"], second: ["2"] },
      { name: "new", first: [], second: ["1"] },
    ]);
  });
});
