import { describe, expect, it } from "vitest";
import { compareByteOrder } from "../../../src/docker/byteOrder.js";

describe("compareByteOrder", () => {
  it("orders names as their UTF-8 bytes are ordered", () => {
    const units = [
      "",
      "a",
      "b",
      "-",
      "é",
      "\u07ff",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "😀",
      "\u{10ffff}",
    ];
    const names = units.flatMap((first) => units.map((second) => first + second));
    for (const left of names) {
      for (const right of names) {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareByteOrder(left, right)), `${left} ${right}`).toBe(bytes);
      }
    }
  });

  it("puts characters beyond U+FFFF last, unlike JavaScript's own order", () => {
    expect(["\uff5e", "😀"].sort()).toEqual(["😀", "\uff5e"]);
    expect(["😀", "\uff5e"].sort(compareByteOrder)).toEqual(["\uff5e", "😀"]);
  });
});
