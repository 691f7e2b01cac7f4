import { matchesAction } from "./matchesAction.js";
import type { PolicyPrincipal, PolicyStatement, RepositoryPolicy } from "./policyStatement.js";

/** How far a policy lets a principal do something. */
export type AccessLevel =
  | "no"
  /** Some of the actions are missing, so that it fails half-way. */
  | "partly"
  /** Only while the conditions of a statement hold. */
  | "with-conditions"
  | "yes";

/** What a policy lets one principal do. */
export interface PrincipalAccess {
  readonly principal: PolicyPrincipal;
  /** Those that the principal is not about, where a statement lets all others in. */
  readonly except: readonly PolicyPrincipal[];
  readonly push: AccessLevel;
  readonly pull: AccessLevel;
  /** Deleting images or the repository, or changing its policies. */
  readonly change: AccessLevel;
  /** What the conditions look at that decide about any of these. */
  readonly conditionKeys: readonly string[];
}

/** What docker needs, in the order of use: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
const PUSH = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:InitiateLayerUpload",
  "ecr:UploadLayerPart",
  "ecr:CompleteLayerUpload",
  "ecr:PutImage",
];
const PULL = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
/** Any one of these is a change that cannot be undone by reading. */
const CHANGES = [
  "ecr:BatchDeleteImage",
  "ecr:DeleteRepository",
  "ecr:SetRepositoryPolicy",
  "ecr:DeleteRepositoryPolicy",
  "ecr:PutLifecyclePolicy",
  "ecr:PutImageTagMutability",
];

type Grant = "no" | "maybe" | "yes";

interface Subject {
  readonly principal: PolicyPrincipal;
  readonly except: readonly PolicyPrincipal[];
}

/**
 * Tells what a repository policy lets each principal do that it names, widest first.
 *
 * Identities of the repository's own account may do more by their own policies, and those of other
 * accounts need their own policies besides.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function readPolicyAccess({ statements }: RepositoryPolicy): readonly PrincipalAccess[] {
  const subjects = new Map<string, Subject>();
  for (const statement of statements) {
    if (statement.effect !== "allow") continue;
    const named: readonly Subject[] = statement.isForOthers
      ? [{ principal: { kind: "everyone" }, except: statement.principals }]
      : statement.principals.map((principal) => ({ principal, except: [] }));
    for (const subject of named) subjects.set(JSON.stringify(subject), subject);
  }
  return [...subjects.values()]
    .toSorted((a, b) => WIDTHS.indexOf(a.principal.kind) - WIDTHS.indexOf(b.principal.kind))
    .map((subject) => accessOf(subject, statements));
}

const WIDTHS: readonly PolicyPrincipal["kind"][] = [
  ...(["everyone", "account", "identity", "service", "other", "deleted"] as const),
];

function accessOf(subject: Subject, statements: readonly PolicyStatement[]): PrincipalAccess {
  const about = statements.filter((statement) => appliesTo(statement, subject));
  const grants = (actions: readonly string[]): readonly Grant[] =>
    actions.map((action) => grantOf(action, about, subject));
  const touched = about.filter((statement) =>
    [...PUSH, ...PULL, ...CHANGES].some((action) => isAbout(statement, action)),
  );
  return {
    ...subject,
    push: levelOf(grants(PUSH)),
    pull: levelOf(grants(PULL)),
    change: anyOf(grants(CHANGES)),
    conditionKeys: [...new Set(touched.flatMap(({ conditionKeys }) => conditionKeys))],
  };
}

/** An explicit denial wins; one with conditions only may. */
function grantOf(action: string, about: readonly PolicyStatement[], subject: Subject): Grant {
  const fitting = about.filter((statement) => isAbout(statement, action));
  const denials = fitting.filter(({ effect }) => effect === "deny");
  if (denials.some((denial) => isSure(denial) && coversAll(denial, subject))) return "no";
  const allowed = fitting.filter(({ effect }) => effect === "allow");
  if (allowed.length === 0) return "no";
  return denials.length === 0 && allowed.some(isSure) ? "yes" : "maybe";
}

function isSure({ conditionKeys }: PolicyStatement): boolean {
  return conditionKeys.length === 0;
}

function isAbout({ actions, isAboutOtherActions }: PolicyStatement, action: string): boolean {
  return actions.some((pattern) => matchesAction(pattern, action)) !== isAboutOtherActions;
}

/** A statement is about a subject when it names it or all that it belongs to, or may meet some of it. */
function appliesTo(statement: PolicyStatement, subject: Subject): boolean {
  if (coversAll(statement, subject)) return true;
  if (statement.effect === "allow") return false;
  const { principal } = subject;
  return statement.isForOthers
    ? !statement.principals.some((one) => isSame(one, principal))
    : statement.principals.some((one) => covers(principal, one));
}

function coversAll({ isForOthers, principals }: PolicyStatement, subject: Subject): boolean {
  const { principal, except } = subject;
  if (!isForOthers) return principals.some((one) => covers(one, principal));
  // All that the subject is may be among the exceptions.
  return principals.every(
    (one) =>
      (!covers(one, principal) && !covers(principal, one)) ||
      except.some((excepted) => covers(excepted, one)),
  );
}

/** Tells whether all that a principal stands for is in another one. */
function covers(wide: PolicyPrincipal, narrow: PolicyPrincipal): boolean {
  if (wide.kind === "everyone") return true;
  if (wide.kind === "account") {
    return (
      (narrow.kind === "account" || narrow.kind === "identity") &&
      narrow.accountId === wide.accountId
    );
  }
  return isSame(wide, narrow);
}

function isSame(one: PolicyPrincipal, other: PolicyPrincipal): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function levelOf(grants: readonly Grant[]): AccessLevel {
  if (grants.every((grant) => grant === "yes")) return "yes";
  if (grants.every((grant) => grant !== "no")) return "with-conditions";
  return grants.every((grant) => grant === "no") ? "no" : "partly";
}

function anyOf(grants: readonly Grant[]): AccessLevel {
  if (grants.includes("yes")) return "yes";
  return grants.includes("maybe") ? "with-conditions" : "no";
}
