/** What can go wrong with the rules by which a repository keeps images. */
export interface RuleFailures {
  /** ECR does not take a text for a lifecycle policy. */
  "lifecycle-policy-rejected": { repository: string; reason: string };
  /** ECR did not tell what a lifecycle policy would do. */
  "lifecycle-preview-failed": { repository: string; why: PreviewFault };
  /** ECR is still trying out another policy on the repository. */
  "lifecycle-preview-busy": { repository: string };
}

/**
 * How a preview goes wrong: ECR gave up, somebody else tried out another policy meanwhile, or it took
 * longer than anybody waits.
 */
export type PreviewFault = "gave-up" | "replaced" | "too-slow";
