import { describe, expect, it } from "vitest";
import { prettyJson } from "../../../src/core/prettyJson.js";

describe("prettyJson", () => {
  it("lays out as JSON.stringify does, where that loses nothing", () => {
    const values: unknown[] = [
      { a: 1, b: [true, null, "x"], c: {}, d: [], e: { f: [[1], { g: "h" }] } },
      [],
      {},
      "text",
      -1.5e3,
      { 'quote " brace } \\ ,:[]{}': 'a \\" b\\\\' },
      { unicode: "日本語 \u2028", escaped: "\n\t\u0001" },
    ];
    for (const value of values) {
      const expected = `${JSON.stringify(value, undefined, 2)}\n`;
      expect(prettyJson(JSON.stringify(value))).toBe(expected);
      expect(prettyJson(expected)).toBe(expected);
    }
  });

  it("keeps numbers as they are written, keys that come twice, and their order", () => {
    const text = '{"2":12345678901234567890,"1":1.0,"2":1e400,"t":"\\u0041"}';
    expect(prettyJson(text)).toBe(
      '{\n  "2": 12345678901234567890,\n  "1": 1.0,\n  "2": 1e400,\n  "t": "\\u0041"\n}\n',
    );
  });

  it("leaves what is no JSON as it is", () => {
    for (const text of ["", "{", "<xml/>", '{"a":1}}']) expect(prettyJson(text)).toBe(text);
  });

  it("does not lose a hundred thousand characters on one line", () => {
    const text = JSON.stringify({ long: '"\\'.repeat(50_000) });
    expect(JSON.parse(prettyJson(text))).toEqual(JSON.parse(text));
  });
});
