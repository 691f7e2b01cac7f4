import { describe, expect, it } from "vitest";
import { policyFor } from "../../../../src/ui/failures/iamPolicy.js";

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
