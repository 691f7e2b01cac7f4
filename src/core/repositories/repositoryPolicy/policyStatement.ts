/** Whom a statement of an IAM policy names. */
export type PolicyPrincipal =
  /** Any AWS identity, of any account; and what is none, where a policy says so. */
  | { readonly kind: "everyone" }
  /** All identities of an account that its own policies let. */
  | { readonly kind: "account"; readonly accountId: string }
  /** A user, a role, or a session of one. */
  | { readonly kind: "identity"; readonly accountId: string; readonly arn: string }
  /** A service of AWS, such as `lambda.amazonaws.com`. */
  | { readonly kind: "service"; readonly name: string }
  /** The id that IAM leaves of a user or role that was deleted. */
  | { readonly kind: "deleted"; readonly id: string }
  /** What no repository lets in by itself, such as a federated identity, or a name that fits no form. */
  | { readonly kind: "other"; readonly name: string };

/** One statement of an IAM policy, as far as it decides about a repository. */
export interface PolicyStatement {
  readonly id: string | undefined;
  readonly effect: "allow" | "deny";
  /** Whether it is about all but the principals. */
  readonly isForOthers: boolean;
  readonly principals: readonly PolicyPrincipal[];
  /** Whether it is about all actions but these. */
  readonly isAboutOtherActions: boolean;
  /** Patterns such as `ecr:Put*`, as they are written. */
  readonly actions: readonly string[];
  /** What its conditions look at, such as `aws:SourceArn`; empty where it always holds. */
  readonly conditionKeys: readonly string[];
}

/** A policy that was read. */
export interface RepositoryPolicy {
  readonly statements: readonly PolicyStatement[];
  /** How many statements fit no form that IAM takes; what they do is not known. */
  readonly unreadable: number;
}
