import { describe, expect, it } from "vitest";
import { BoundedLines } from "../../../../src/core/build/boundedLines.js";

const gap = (leftOut: number): string => `${leftOut} left out`;

describe("remembered lines", () => {
  it("are all there while they are few", () => {
    const lines = new BoundedLines();
    for (const line of ["a", "", "b"]) lines.push(line);
    expect(lines.read(gap)).toEqual(["a", "", "b"]);
    expect(lines.leftOut).toBe(0);
  });

  it("are the first and the last of many, with the number of those between", () => {
    const lines = new BoundedLines();
    const total = 200_000;
    for (let index = 0; index < total; index++) lines.push(`line ${index}`);
    const read = lines.read(gap);
    expect(read[0]).toBe("line 0");
    expect(read.at(-1)).toBe(`line ${total - 1}`);
    expect(read).toContain(`${lines.leftOut} left out`);
    expect(read.length - 1 + lines.leftOut).toBe(total);
    expect(read.join("\n").length).toBeLessThan(700_000);
  });

  it("keep a last line that is longer than all their room", () => {
    const lines = new BoundedLines();
    lines.push("first");
    for (const letter of ["a", "b"]) lines.push(letter.repeat(1_000_000));
    expect(lines.read(gap).map((line) => line.slice(0, 10))).toEqual([
      "first",
      "1 left out",
      "bbbbbbbbbb",
    ]);
  });
});
