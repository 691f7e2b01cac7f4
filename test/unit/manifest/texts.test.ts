import ts from "typescript";
import { describe, expect, it } from "vitest";
import { readProjectFile, texts } from "./manifest.js";
import { findNodes, placeOf, sourceFiles } from "./sources.js";

/** Every call of `l10n.t` in the sources, by that name or as a `t` taken from it. */
function translations(): ts.CallExpression[] {
  return sourceFiles().flatMap((file) =>
    findNodes(file, ts.isCallExpression).filter(({ expression }) =>
      /(?:^|\.)l10n\.t$|^t$/.test(expression.getText()),
    ),
  );
}

describe("texts of the manifest", () => {
  it("exist for every key, and every text is used", () => {
    const used = [...readProjectFile("package.json").matchAll(/"%([^%]+)%"/g)].map(
      ([, key]) => key,
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
  });

  it("keep to the voice", () => {
    for (const text of Object.values(texts)) {
      expect(text).not.toMatch(/!|please|successfully|oops|\p{Extended_Pictographic}/iu);
      expect(text.trim()).toBe(text);
      expect(text).not.toBe("");
    }
  });

  it("ask with three dots where a question follows", () => {
    for (const key of ["dockerfile.push", "repository.create", "localImage.tag"]) {
      expect(texts[`command.ecr.${key}`]).toMatch(/…$/);
    }
    expect(texts["command.ecr.dockerfile.pushAgain"]).not.toMatch(/…$/);
  });
});

describe("texts of the code", () => {
  it("are literal where they are translated, so that they can be", () => {
    const calls = translations();
    expect(calls.length).toBeGreaterThan(100);
    const others = calls.filter(({ arguments: [text] }) => !text || !ts.isStringLiteralLike(text));
    expect(others.map(placeOf)).toEqual([]);
  });

  it("have a value for every gap and a gap for every value", () => {
    const uneven = translations().filter(({ arguments: [text, ...values] }) => {
      if (!text || !ts.isStringLiteralLike(text)) return true;
      const gaps = new Set([...text.text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index)));
      return (
        values.some(ts.isSpreadElement) ||
        gaps.size !== values.length ||
        values.some((_, index) => !gaps.has(index))
      );
    });
    expect(uneven.map(placeOf)).toEqual([]);
  });

  it("keep to the voice", () => {
    const spoken = translations().map(({ arguments: [text] }) =>
      text && ts.isStringLiteralLike(text) ? text.text : "",
    );
    for (const text of spoken) {
      expect(text).not.toMatch(/!|please|successfully|oops|\p{Extended_Pictographic}/iu);
    }
  });
});
