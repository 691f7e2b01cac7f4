/** What a lifecycle policy would do to one image. */
export interface LifecycleEffect {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly pushedAt: Date | undefined;
  readonly effect: "expire" | "archive";
  /** The priority of the rule that decides. */
  readonly rulePriority: number | undefined;
}

/** What a lifecycle policy would do, as far as it was read. */
export interface LifecyclePreview {
  /** How many images would expire in all, also those that were not read yet. */
  readonly expiring: number;
  readonly archiving: number;
  readonly effects: readonly LifecycleEffect[];
  readonly isComplete: boolean;
}

/** One look at the preview that ECR keeps of a repository. */
export type PreviewLook =
  | { readonly state: "none" | "at-work" | "gave-up" }
  | {
      readonly state: "done";
      /** The policy that was tried out, which may be somebody else's. */
      readonly policy: string;
      readonly expiring: number;
      readonly archiving: number;
      readonly effects: readonly LifecycleEffect[];
      /** What asks for more of them; undefined with the last. */
      readonly nextToken: string | undefined;
    };
