/** What is wrong with a lifecycle policy that its JSON schema does not tell, and where. */
export interface PolicyProblem {
  readonly problem: "priority-twice" | "any-not-last" | "too-long";
  /** Where it stands in the text, in characters. */
  readonly start: number;
  readonly end: number;
}

/** The longest text that ECR takes. */
export const MAX_POLICY_CHARACTERS = 30_720;

interface PlacedRule {
  readonly priority: number;
  readonly selectsAny: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what is wrong between the rules of a lifecycle policy; nothing in a text that is no JSON.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function findPolicyProblems(text: string): readonly PolicyProblem[] {
  const rules = placeRules(text);
  const highest = Math.max(...rules.map(({ priority }) => priority), 0);
  const seen = new Set<number>();
  const problems: PolicyProblem[] = [];
  for (const { priority, selectsAny, start, end } of rules) {
    if (seen.has(priority)) problems.push({ problem: "priority-twice", start, end });
    seen.add(priority);
    if (selectsAny && priority < highest) problems.push({ problem: "any-not-last", start, end });
  }
  if (text.length > MAX_POLICY_CHARACTERS) {
    problems.push({ problem: "too-long", start: MAX_POLICY_CHARACTERS, end: text.length });
  }
  return problems;
}

/** Finds the rules with their priorities, and where these stand. */
function placeRules(text: string): readonly PlacedRule[] {
  const rules = tryRules(text);
  // Inside a string the quotes have backslashes before them, and do not fit.
  const places = [...text.matchAll(/"rulePriority"\s*:\s*(\d+)/g)];
  if (places.length !== rules.length) return [];
  return rules.flatMap((rule, at) => {
    const { rulePriority, selection }: { rulePriority?: unknown; selection?: unknown } = rule;
    const [found = ""] = places[at] ?? [];
    const start = places[at]?.index ?? 0;
    if (typeof rulePriority !== "number") return [];
    const { tagStatus, storageClass }: { tagStatus?: unknown; storageClass?: unknown } =
      selection ?? {};
    // Rules for archived images are counted apart.
    const selectsAny = tagStatus === "any" && storageClass !== "archive";
    return [{ priority: rulePriority, selectsAny, start, end: start + found.length }];
  });
}

function tryRules(text: string): readonly object[] {
  try {
    const policy: unknown = JSON.parse(text);
    const { rules }: { rules?: unknown } = policy ?? {};
    const all: readonly unknown[] = Array.isArray(rules) ? rules : [];
    return all.filter((rule) => typeof rule === "object" && rule !== null);
  } catch {
    return [];
  }
}
