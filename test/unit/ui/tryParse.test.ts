import { describe, expect, it } from "vitest";
import { parseTag } from "../../../src/core/imageReference.js";
import { parseOrReason, tryParse } from "../../../src/ui/tryParse.js";

describe("parseOrReason", () => {
  it("returns the value, or the rule that is broken", () => {
    expect(parseOrReason(parseTag, "1.0")).toEqual({ value: "1.0" });
    expect(parseOrReason(parseTag, "")).toEqual({ reason: "it needs 1 to 128 characters" });
    expect(tryParse(parseTag, "1.0")).toBe("1.0");
    expect(tryParse(parseTag, "a b")).toBeUndefined();
  });

  it("does not hide a fault of the parser", () => {
    const broken = (): string => {
      throw new TypeError("x is not a function");
    };
    expect(() => parseOrReason(broken, "a")).toThrow(TypeError);
  });
});
