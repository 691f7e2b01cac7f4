import type { AwsErrorRow } from "./awsErrorRow.js";

const ECR = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";

/** What for: the rules by which a repository keeps images. */
export const RULE_ERRORS: readonly AwsErrorRow[] = [
  {
    id: "lifecycle-policy-rejected",
    source: `${ECR}/API_PutLifecyclePolicy.html#API_PutLifecyclePolicy_Errors`,
    name: /^(?:InvalidParameterException|ValidationException)$/,
    text: /lifecyclePolicyText|lifecycle policy/i,
    failure: ({ message }, { repository = "" }) => ({
      kind: "lifecycle-policy-rejected",
      repository,
      // ECR wraps what is wrong in words that say no more than that something is.
      reason: message
        .replace(/^.*constraint: '(.*)'$/s, "$1")
        .replace(/^Lifecycle policy validation failure: /, ""),
    }),
  },
  {
    id: "lifecycle-preview-busy",
    source: `${ECR}/API_StartLifecyclePolicyPreview.html#API_StartLifecyclePolicyPreview_Errors`,
    name: /^LifecyclePolicyPreviewInProgressException$/,
    failure: (_, { repository = "" }) => ({ kind: "lifecycle-preview-busy", repository }),
  },
];
