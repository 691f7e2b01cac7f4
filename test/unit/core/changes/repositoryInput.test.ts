import { describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import { parseKmsKey } from "../../../../src/core/changes/kmsKey.js";
import { parseResourceTag } from "../../../../src/core/changes/resourceTag.js";
import { parseTagPattern, parseTagPatterns } from "../../../../src/core/changes/tagPatterns.js";

/** The rule that a text breaks. */
function reasonOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (error instanceof EcrError && error.failure.kind === "invalid-input") {
      return error.failure.reason;
    }
    throw error;
  }
  return "none";
}

describe("patterns of tags", () => {
  it.each(["latest", "dev-*", "*-*", "v1.*", "a".repeat(128), "*"])("may be %s", (text) => {
    expect(parseTagPattern(text)).toBe(text);
  });

  it.each([
    ["", "1 to 128"],
    ["a".repeat(129), "1 to 128"],
    ["v1?", "letters, digits"],
    ["ä*", "letters, digits"],
    ["*a*b*", "at most two"],
  ])("may not be %j", (text, reason) => {
    expect(reasonOf(() => parseTagPattern(text))).toContain(reason);
  });

  it("are typed with commas or spaces, each counted once, five at most", () => {
    expect(parseTagPatterns(" latest, dev-*  dev-* ,")).toEqual(["latest", "dev-*"]);
    expect(parseTagPatterns("")).toEqual([]);
    expect(parseTagPatterns("a b c d e")).toHaveLength(5);
    expect(reasonOf(() => parseTagPatterns("a b c d e f"))).toContain("at most 5");
  });
});

describe("KMS keys", () => {
  const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
  const arn = `arn:aws:kms:eu-west-1:123456789012:key/${id}`;

  it.each([
    id,
    `mrk-${"0".repeat(32)}`,
    "alias/ecr-images",
    arn,
    "arn:aws-cn:kms:eu-west-1:123456789012:alias/images",
  ])("may be %s", (text) => {
    expect(parseKmsKey(text, "eu-west-1")).toBe(text);
  });

  it.each(["", "key", `key/${id}`, "alias/", `${arn}x`, "arn:aws:s3:::bucket", `${id}\n`])(
    "may not be %j",
    (text) => {
      expect(reasonOf(() => parseKmsKey(text, "eu-west-1"))).toContain("key id");
    },
  );

  it("are in the repository's region", () => {
    expect(reasonOf(() => parseKmsKey(arn, "eu-central-1"))).toBe(
      "the key has to be in eu-central-1",
    );
  });
});

describe("resource tags", () => {
  it.each([
    ["team=shop", ["team", "shop"]],
    ["stage=", ["stage", ""]],
    ["cost center = 42 / EU", ["cost center", "42 / EU"]],
    ["expression=a=b", ["expression", "a=b"]],
    ["größe=ü", ["größe", "ü"]],
  ])("are read from %s", (text, expected) => {
    expect(parseResourceTag(text)).toEqual(expected);
  });

  it.each([
    ["team", "a key, ="],
    ["=shop", "1 to 128"],
    [`${"k".repeat(129)}=v`, "1 to 128"],
    [`k=${"v".repeat(257)}`, "at most 256"],
    ["aws:team=shop", "AWS's own"],
    ["AWS:team=shop", "AWS's own"],
    ["team=<b>", "made of"],
  ])("are refused: %s", (text, reason) => {
    expect(reasonOf(() => parseResourceTag(text))).toContain(reason);
  });
});
