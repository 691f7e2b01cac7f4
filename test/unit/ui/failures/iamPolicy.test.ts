import { describe, expect, it } from "vitest";
import { policyFor, repositoryPolicyFor } from "../../../../src/ui/failures/iamPolicy.js";

const ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/team/api";

describe("policyFor", () => {
  it.each([
    ["ecr:PutImage", ARN, ARN],
    ["ecr:GetAuthorizationToken", ARN, "*"],
    ["ecr:CreateRepository", undefined, "*"],
  ])("allows %s on %s and nothing else", (action, resource, target) => {
    expect(JSON.parse(policyFor([action], resource))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: [action], Resource: target }],
    });
  });

  it("keeps what AWS said inside its quotes", () => {
    const action = 'ecr:X"],"Resource":"*';
    expect(JSON.parse(policyFor([action], ARN))).toMatchObject({
      Statement: [{ Action: [action], Resource: ARN }],
    });
  });
});

describe("repositoryPolicyFor", () => {
  const actions = ["ecr:PutImage"];
  it.each([
    ["arn:aws:iam::123456789012:user/kim", "arn:aws:iam::123456789012:user/kim"],
    [
      "arn:aws-cn:sts::123456789012:assumed-role/Push/kim",
      "arn:aws-cn:iam::123456789012:role/Push",
    ],
    ["arn:aws:iam::123456789012:role/ops/Push", "arn:aws:iam::123456789012:role/ops/Push"],
  ])("names for %s the principal %s", (arn, principal) => {
    expect(JSON.parse(repositoryPolicyFor(actions, arn))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: actions }],
    });
  });

  it("names the role of IAM Identity Center by a pattern, as its path is not told", () => {
    const arn = "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0a1b/kim@example.com";
    expect(JSON.parse(repositoryPolicyFor(actions, arn))).toMatchObject({
      Statement: [
        {
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Condition: {
            ArnLike: {
              "aws:PrincipalArn":
                "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Dev_0a1b",
            },
          },
        },
      ],
    });
  });
});
