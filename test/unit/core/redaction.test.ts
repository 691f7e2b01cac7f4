import { describe, expect, it } from "vitest";
import { Redactor } from "../../../src/core/redaction.js";

describe("what is written to a log", () => {
  it("is without the secrets that came in, also as part of a URL", () => {
    const secrets = new Redactor();
    secrets.learn("s3cr3t/value+1");
    expect(secrets.redact("got s3cr3t/value+1 from ?t=s3cr3t%2Fvalue%2B1.")).toBe(
      "got [redacted] from ?t=[redacted].",
    );
  });

  it("keeps the newest secrets, however many come", () => {
    const secrets = new Redactor();
    const all = Array.from(
      { length: 150 },
      (_, index) => `secret-${String(index).padStart(4, "0")}`,
    );
    all.forEach(secrets.learn.bind(secrets));
    expect(secrets.redact("secret-0149 secret-0050")).toBe("[redacted] [redacted]");
  });

  it("takes no short word for a secret", () => {
    const secrets = new Redactor();
    secrets.learn("");
    secrets.learn("dev");
    expect(secrets.redact("profile dev")).toBe("profile dev");
  });

  it.each([
    ["Authorization: Basic QVdTOnBhc3N3b3Jk", "Authorization: Basic [redacted]"],
    ["authorization: Bearer abcdefgh.ijk", "authorization: Bearer [redacted]"],
    ['"X-Registry-Auth":"eyJ1c2VybmFtZSI6"', '"X-Registry-Auth":"[redacted]"'],
    ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "aws_secret_access_key = [redacted]"],
    ["AWS_SESSION_TOKEN=FwoGZXIvYXdzEXAMPLE", "AWS_SESSION_TOKEN=[redacted]"],
    ['{"SecretAccessKey":"wJalrXUtnFEMI"}', '{"SecretAccessKey":"[redacted]"}'],
    ['{"auth": "QVdTOnBhc3N3b3Jk"}', '{"auth": "[redacted]"}'],
    [`token ${"aB3/".repeat(60)}== ends`, "token [redacted] ends"],
  ])("is without what looks like a secret: %s", (text, clean) => {
    expect(new Redactor().redact(text)).toBe(clean);
  });

  it.each([
    "sha256:9f2c3b7a1d5e8f40c6b2a9d7e3f1c5b8a4d6e2f0c9b7a5d3e1f8c6b4a2d0e9f7",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.4.0",
    'access-denied {"action":"ecr:GetAuthorizationToken","resource":"*"}',
    "/home/kim/work/a-project/with/a/long/path/node_modules/@scope/package/dist/index.js",
  ])("keeps what is none: %s", (text) => {
    expect(new Redactor().redact(text)).toBe(text);
  });
});
