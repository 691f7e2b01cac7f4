import { describe, expect, it } from "vitest";
import { compileStates, worstPower } from "../../../src/docker/goPatternStates.js";

const PARTS = [
  "(.*/)?",
  ".*",
  "[^/]*",
  "[^/]",
  "[a-b]",
  "[^a\\]]",
  "\\d",
  "\\b",
  "\\.",
  "a",
  "b",
  "/",
];
const CHARS = ["a", "b", "/", ".", "1", "]", "\n", "🐳"];

/** Makes the same numbers below `limit` on each run. */
function makeDice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function draw(dice: (limit: number) => number, from: readonly string[], most: number): string {
  return Array.from({ length: dice(most + 1) }, () => from[dice(from.length)] ?? "").join("");
}

describe("compileStates", () => {
  it("says of every path what the expression says", () => {
    const dice = makeDice(1);
    let matched = 0;
    for (let round = 0; round < 3000; round++) {
      const expression = `^${draw(dice, PARTS, 6)}$`;
      const regular = new RegExp(expression, "u");
      const matches = compileStates(expression);
      for (let path = 0; path < 20; path++) {
        const name = draw(dice, CHARS, 6);
        const expected = regular.test(name);
        if (matches(name) !== expected) expect.fail(`${expression} and ${JSON.stringify(name)}`);
        matched += Number(expected);
      }
    }
    // Else the draw would prove nothing.
    expect(matched).toBeGreaterThan(3000);
  });
});

describe("worstPower", () => {
  it.each([
    ["^name$", 0],
    ["^[^/]*\\.log$", 1],
    ["^(.*/)?[^/]*\\.log$", 2],
    ["^(.*/)?node_modules/.*$", 2],
    ["^[^/]*/[^/]*/[^/]*/x$", 1],
    ["^[^/]*a[^/]*$", 2],
    ["^[^/]*a[^/]*/[^/]*a[^/]*$", 4],
    ["^(.*/)?[^/]*test[^/]*$", 3],
    ["^[*]\\*[^/]$", 0],
  ])("of %s is %i", (expression, power) => {
    expect(worstPower(expression)).toBe(power);
  });
});
