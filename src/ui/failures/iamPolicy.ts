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
  const statement = { Effect: "Allow", Action: actions, Resource: target };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}
