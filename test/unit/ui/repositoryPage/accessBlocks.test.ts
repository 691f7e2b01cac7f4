import { describe, expect, it } from "vitest";
import type { PageBlock } from "../../../../src/ui/pages/pageModel.js";
import { accessBlocks } from "../../../../src/ui/repositoryPage/accessBlocks.js";

const ROLE = "arn:aws:iam::222222222222:role/ci";

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function warnings(text: string): readonly string[] {
  return accessBlocks(text).flatMap((block) =>
    block.kind === "text" && block.tone === "warning" ? [block.text] : [],
  );
}

function rows(blocks: readonly PageBlock[]): readonly unknown[] {
  return blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
}

describe("accessBlocks", () => {
  it("says who may do what, in words", () => {
    const text = policy(
      { Effect: "Allow", Principal: { AWS: ROLE }, Action: "ecr:*" },
      {
        Effect: "Allow",
        Principal: { AWS: "333333333333" },
        Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
    );
    expect(rows(accessBlocks(text))).toEqual([
      ["Account 333333333333", "no", "with conditions", "no", "aws:SecureTransport"],
      [ROLE, "yes", "yes", "yes", ""],
    ]);
    expect(warnings(text)).toEqual([]);
  });

  it.each([
    [
      { Principal: "*", Action: "*" },
      [
        "Everyone with an AWS account may delete images or change the repository.",
        "Everyone with an AWS account may push.",
        "Everyone with an AWS account may pull.",
      ],
    ],
    [{ Principal: "*", Action: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }, []],
    [
      { NotPrincipal: { AWS: ROLE }, Action: "ecr:BatchGetImage" },
      [
        `Everyone with an AWS account but ${ROLE} may pull.`,
        `Everyone with an AWS account but ${ROLE} may do a part of a pull only, so that each fails half-way.`,
      ],
    ],
    [
      { Principal: { AWS: ROLE }, Action: "ecr:PutImage" },
      [`${ROLE} may do a part of a push only, so that each fails half-way.`],
    ],
    [
      { Principal: { AWS: "AROAEXAMPLEID1234567" }, Action: "ecr:BatchDeleteImage" },
      ["AROAEXAMPLEID1234567 was deleted from IAM, and its line does nothing."],
    ],
  ])("warns of what is open, half done or dead: %j", (statement, expected) => {
    expect(warnings(policy({ Effect: "Allow", ...statement }))).toEqual(expected);
  });

  it("says that it does not understand all of a policy, or none of it", () => {
    expect(warnings(policy({ Effect: "Maybe" }))).toEqual([
      "1 statement makes no sense to this page, and may decide otherwise.",
    ]);
    expect(warnings(policy({}, {}))).toEqual([
      "2 statements make no sense to this page, and may decide otherwise.",
    ]);
    expect(warnings("<b>no policy</b>")).toEqual(["The policy makes no sense to this page."]);
  });

  it("says what it means that there is no policy", () => {
    expect(accessBlocks(undefined)).toMatchObject([
      {
        text: expect.stringMatching(
          /^No repository policy\. Only identities of this account/,
        ) as string,
      },
    ]);
  });

  it("shows the policy as it is, hostile text included", () => {
    const sid = `<img src=x onerror="x">\u202e`;
    const text = policy({ Sid: sid, Effect: "Allow", Principal: "*", Action: "s3:*" });
    expect(JSON.stringify(accessBlocks(text))).toContain("<img src=x onerror=");
  });
});
