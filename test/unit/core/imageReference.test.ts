import { describe, expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import type { InputField } from "../../../src/core/failures/inputFailures.js";
import {
  formatImageReference,
  makeReferenceFromUri,
  parseDigest,
  parseEndpoint,
  parseImageReference,
  parsePlatform,
  parseProfileName,
  parseRegion,
  parseRepositoryName,
  parseTag,
} from "../../../src/core/imageReference.js";
import { refusal } from "./push/refusal.js";

const HEX = "0123456789abcdef".repeat(4);
const DIGEST = `sha256:${HEX}`;
const ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

/** Text that means something to a shell, a URL, a path, a terminal or a person's eye. */
const HOSTILE = [
  "$(id)",
  "a b",
  "a\nb",
  "a\0b",
  "a;b",
  "`id`",
  "../../etc",
  "a%2fb",
  "a?b#c",
  "a\\b",
  "ａｂ",
  "а.cyrillic",
  "a\u202Eb",
  "a\u001B[31m",
  "<b>",
];

const parsers: readonly {
  name: InputField;
  parse: (text: string) => string;
  valid: readonly string[];
  invalid: readonly string[];
}[] = [
  {
    name: "repository",
    parse: parseRepositoryName,
    valid: ["ab", "team/api", "a-b_c.d/e__f/g---h", "0/1", "a".repeat(256), "a/b/c/d"],
    invalid: [
      "",
      "a",
      "a".repeat(257),
      "Team/api",
      "/a",
      "a/",
      "a//b",
      "a..b",
      "a___b",
      "a._b",
      "-a",
      "a-",
      "_a",
      "a:b",
      "a@b",
      ...HOSTILE,
    ],
  },
  {
    name: "tag",
    parse: parseTag,
    valid: ["1", "latest", "V1.2.3-rc_1", "_x", "a".repeat(128), "1..2", "A-"],
    invalid: ["", "a".repeat(129), ".a", "-a", "a/b", "a:b", "a@b", "é", ...HOSTILE],
  },
  {
    name: "digest",
    parse: parseDigest,
    valid: [DIGEST],
    invalid: [
      "",
      HEX,
      `sha256:${HEX}0`,
      `sha256:${HEX.slice(1)}`,
      DIGEST.toUpperCase(),
      "sha512:0",
    ],
  },
  {
    name: "region",
    parse: parseRegion,
    valid: ["eu-west-1", "us-gov-east-1", "eusc-de-east-1", "ap-southeast-12"],
    invalid: ["", "eu-west", "EU-WEST-1", "euwest1", "eu-west-1.example.com", "-1", ...HOSTILE],
  },
  {
    name: "profile",
    parse: parseProfileName,
    valid: ["default", "my.profile", "team/admin@corp", "ünï"],
    invalid: ["", " ", "a b", "a\tb", "[a]", "a#b", "a;b", "a=b", "a\nb"],
  },
  {
    name: "platform",
    parse: parsePlatform,
    valid: ["linux/amd64", "linux/arm64/v8", "windows/amd64", "linux/x86_64"],
    invalid: ["", "amd64", "linux/", "/amd64", "Linux/amd64", "linux/arm64/v8/x", ...HOSTILE],
  },
];

describe.each(parsers)("a $name", ({ name, parse, valid, invalid }) => {
  it.each(valid)("may be %j", (text) => {
    expect(parse(text)).toBe(text);
  });

  it.each(invalid)("may not be %j, and the reason says why", (text) => {
    const { field, value, reason } = refusal(() => parse(text));
    expect({ field, value }).toEqual({ field: name, value: text });
    expect(reason).toMatch(/^[a-z]/);
    expect(reason).not.toMatch(/\.$/);
  });
});

describe("parseEndpoint", () => {
  it.each([
    ["http://127.0.0.1:4566", "http://127.0.0.1:4566"],
    ["https://api.ecr.eu-west-1.amazonaws.com/", "https://api.ecr.eu-west-1.amazonaws.com"],
    ["HTTPS://Example.com", "https://example.com"],
    ["http://[::1]:5000/", "http://[::1]:5000"],
  ])("reads %s as %s", (text, endpoint) => {
    expect(parseEndpoint(text)).toBe(endpoint);
  });

  it.each([
    "",
    "127.0.0.1:4566",
    "ftp://a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http://",
  ])("refuses %j", (text) => {
    expect(refusal(() => parseEndpoint(text)).field).toBe("endpoint");
  });

  it("refuses a password and does not repeat it", () => {
    const found = refusal(() => parseEndpoint("https://me:hidden-word@example.com/x"));
    expect(found).toMatchObject({ value: "https://example.com" });
    expect(JSON.stringify(found)).not.toContain("hidden-word");
  });
});

describe("parseImageReference", () => {
  it.each([
    [`${ECR}/team/api:1.0`, { host: ECR, repository: "team/api", tag: "1.0", digest: undefined }],
    [`${ECR}/team/api`, { host: ECR, repository: "team/api", tag: undefined, digest: undefined }],
    [`${ECR}/api@${DIGEST}`, { host: ECR, repository: "api", tag: undefined, digest: DIGEST }],
    [`${ECR}/api:1@${DIGEST}`, { host: ECR, repository: "api", tag: "1", digest: DIGEST }],
    [
      "127.0.0.1:5000/api",
      { host: "127.0.0.1:5000", repository: "api", tag: undefined, digest: undefined },
    ],
    [
      "localhost:5000/api:v2",
      { host: "localhost:5000", repository: "api", tag: "v2", digest: undefined },
    ],
  ])("reads %s, and writes it the same", (text, reference) => {
    expect(parseImageReference(text)).toEqual(reference);
    expect(formatImageReference(parseImageReference(text))).toBe(text);
  });

  it.each<[string, InputField]>([
    ["", "reference"],
    ["api", "reference"],
    ["api:1.0", "reference"],
    ["/api", "reference"],
    ["http://host/api", "reference"],
    ["host:port/api", "reference"],
    ["host:123456/api", "reference"],
    ["user@host/api", "reference"],
    ["ho st/api", "reference"],
    ["host/", "repository"],
    ["host/API", "repository"],
    ["host/api/../x", "repository"],
    ["host/api:", "tag"],
    ["host/api:a:b", "repository"],
    ["host/api:-x", "tag"],
    ["host/api@", "digest"],
    ["host/api@sha256:abc", "digest"],
    [`host/api@${DIGEST}@${DIGEST}`, "digest"],
  ])("refuses %j for its %s", (text, field) => {
    expect(refusal(() => parseImageReference(text)).field).toBe(field);
  });

  it("refuses what is longer than docker clients take", () => {
    const host = "h".repeat(55);
    expect(parseImageReference(`${host}/${"a".repeat(199)}`).repository).toHaveLength(199);
    expect(refusal(() => parseImageReference(`${host}/${"a".repeat(200)}`))).toMatchObject({
      field: "repository",
      reason: "host and name together are longer than 255",
    });
  });

  it("ends on long hostile text", () => {
    for (const part of ["a-", "a.", "a/", "a_", "-", ":"]) {
      expect(() => parseImageReference(`host/${part.repeat(50_000)}!`)).toThrow(EcrError);
      expect(() => parseImageReference(`${part.repeat(50_000)}!/x`)).toThrow(EcrError);
    }
  });
});

describe("makeReferenceFromUri", () => {
  it("adds a tag or a digest to a repository's URI", () => {
    const tagged = makeReferenceFromUri(`${ECR}/team/api`, { tag: "1.0" });
    expect(formatImageReference(tagged)).toBe(`${ECR}/team/api:1.0`);
    const pinned = makeReferenceFromUri("127.0.0.1:5000/api", { digest: DIGEST });
    expect(formatImageReference(pinned)).toBe(`127.0.0.1:5000/api@${DIGEST}`);
  });

  it("refuses what is no tag", () => {
    expect(refusal(() => makeReferenceFromUri(`${ECR}/api`, { tag: "a b" })).field).toBe("tag");
  });
});
