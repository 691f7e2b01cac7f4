import { describe, expect, it } from "vitest";
import { compareTags, tagKey, tagsKey } from "../../../../src/core/images/tagOrder.js";

describe("compareTags", () => {
  it.each([
    ["numbers by their value", ["1.9.0", "1.10.0", "1.10.1", "2.0.0", "10.0.0"]],
    ["a v is no letter", ["v1.9.0", "1.10.0", "v1.11.0"]],
    [
      "pre-releases before their release",
      ["1.9.0", "1.10.0-alpha", "1.10.0-beta.2", "1.10.0-beta.10", "1.10.0-rc.1", "1.10.0"],
    ],
    ["pre-releases without a hyphen", ["3.13.0a1", "3.13.0b2", "3.13.0rc1", "3.13.0"]],
    ["variants after their release", ["1.4.0", "1.4.0-alpine", "1.4.0-bookworm", "1.4.1"]],
    ["revisions after what they revise", ["1.4.0", "1.4.0-1", "1.4.0-2", "1.4.0-10", "1.4.1"]],
    ["what is less exact before", ["1", "1.4", "1.4.0", "1.4.1", "2"]],
    ["dates", ["2025-12-31", "2026-01-02", "2026-01-10", "2026-11-23"]],
    ["dates in one number", ["20251231", "20260102", "20260102-1530", "20260103"]],
    ["words with numbers", ["build-9", "build-10", "latest", "main", "pr-2", "pr-12"]],
    ["versions before words", ["1.0.0", "9999", "9f2c4e1", "a1b2c3d", "latest"]],
    ["build metadata as Helm writes it", ["1.0.0", "1.0.0_build.1", "1.0.1"]],
    ["leading zeros count for nothing", ["007", "8", "010"]],
    ["longer numbers than any number holds", ["99999999999999999999", "100000000000000000000"]],
  ])("puts %s", (_, tags) => {
    const shuffled = [...tags].reverse();
    expect(shuffled.sort(compareTags)).toEqual(tags);
    expect([...tags].sort(compareTags)).toEqual(tags);
  });

  it("is one order, whatever the tags", () => {
    let random = 5;
    const next = (below: number): number => (random = (random * 16807) % 2147483647) % below;
    const parts = [
      "1",
      "10",
      "9",
      "0",
      ".",
      "-",
      "_",
      "v",
      "rc",
      "a",
      "alpha",
      "latest",
      "007",
      "f",
    ];
    const tags = Array.from({ length: 120 }, () =>
      Array.from({ length: 1 + next(7) }, () => parts[next(parts.length)]).join(""),
    );
    const sorted = [...tags].sort(compareTags);
    for (const [index, tag] of sorted.entries()) {
      expect(compareTags(tag, tag)).toBe(0);
      for (const later of sorted.slice(index + 1)) {
        expect(compareTags(tag, later)).toBeLessThanOrEqual(0);
        expect(compareTags(later, tag)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("reads hostile tags of any length quickly", () => {
    const long = "1.".repeat(50_000);
    expect(compareTags(long, `${long}1`)).not.toBe(0);
    expect(tagKey("\u202e\u001b[31m")).toContain("\u202e");
  });
});

describe("tagsKey", () => {
  it("takes the most exact version, else the first word", () => {
    expect(tagsKey(["latest", "1", "1.4", "1.4.2"])).toBe(tagKey("1.4.2"));
    expect(tagsKey(["main", "latest"])).toBe(tagKey("latest"));
    expect(tagsKey([])).toBeUndefined();
  });
});
