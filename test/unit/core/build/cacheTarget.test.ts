import { describe, expect, it } from "vitest";
import {
  formatCacheTarget,
  parseCacheReference,
  parseCacheTarget,
} from "../../../../src/core/build/cacheTarget.js";
import { refusal } from "../push/refusal.js";

const reference = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:cache";

describe("parseCacheTarget", () => {
  it.each([
    ["inline", { kind: "inline" }],
    [reference, { kind: "registry", reference }],
    [`${reference},mode=max`, { kind: "registry", reference, mode: "max" }],
    [`${reference},mode=min`, { kind: "registry", reference, mode: "min" }],
  ])("reads %s, and writes it again", (text, target) => {
    expect(parseCacheTarget(text)).toEqual(target);
    expect(formatCacheTarget(parseCacheTarget(text))).toBe(text);
  });

  it.each([`${reference},mode=all`, `${reference},max`, `${reference},mode=max,mode=min`])(
    "refuses %s",
    (text) => {
      expect(refusal(() => parseCacheTarget(text))).toMatchObject({ field: "cache" });
    },
  );

  it.each(["", ",mode=max", "Team/Api", "type=registry,ref=a"])("refuses the name %j", (text) => {
    expect(refusal(() => parseCacheTarget(text))).toBeDefined();
  });
});

describe("parseCacheReference", () => {
  it("takes a reference without the spaces around it", () => {
    expect(parseCacheReference(` ${reference} `)).toBe(reference);
  });

  it.each(["", "inline,mode=max", "a b"])("refuses %j", (text) => {
    expect(refusal(() => parseCacheReference(text))).toBeDefined();
  });
});
