import { tryParsePrincipal } from "../../core/principal.js";

/**
 * What pulling an image needs.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
 */
export const PULL_ACTIONS: readonly string[] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/**
 * What pushing an image needs, or the cache of a build.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export const PUSH_ACTIONS: readonly string[] = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/** Returns the smallest IAM policy, as JSON, that allows these actions on one resource. */
export function policyFor(actions: readonly string[], resource: string | undefined): string {
  // A token is not made for one repository, so IAM takes this action on "*" only.
  const target = actions.includes("ecr:GetAuthorizationToken") ? "*" : (resource ?? "*");
  return asDocument({ Effect: "Allow", Action: actions, Resource: target });
}

/**
 * Returns the smallest repository policy, as JSON, that allows a principal these actions.
 *
 * It names no resource: that is the repository that it is set on. The role of IAM Identity Center
 * is named by a pattern, as its path holds a region that nobody tells.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function repositoryPolicyFor(actions: readonly string[], principal: string): string {
  const [, partition = "aws"] = /^arn:(aws[\w-]*):/.exec(principal) ?? [];
  const { kind, name = "", accountId = "" } = tryParsePrincipal(principal) ?? {};
  const account = `arn:${partition}:iam::${accountId}`;
  if (kind !== "role")
    return asDocument({ ...ALLOW, Principal: { AWS: principal }, Action: actions });
  if (!name.startsWith("AWSReservedSSO_")) {
    const role = principal.includes(":assumed-role/") ? `${account}:role/${name}` : principal;
    return asDocument({ ...ALLOW, Principal: { AWS: role }, Action: actions });
  }
  const role = `${account}:role/aws-reserved/sso.amazonaws.com*/${name}`;
  return asDocument({
    ...ALLOW,
    Principal: { AWS: `${account}:root` },
    Action: actions,
    Condition: { ArnLike: { "aws:PrincipalArn": role } },
  });
}

const ALLOW = { Effect: "Allow" };

function asDocument(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}
