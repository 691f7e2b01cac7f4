import { asAmount, asFields, asList, asText, tryParseJson } from "../../jsonFields.js";
import {
  previewLifecycle,
  type PreviewRules,
} from "../../repositories/lifecycle/previewLifecycle.js";
import type { RepositoryRules } from "../../repositories/repositoryRules.js";

/** What the lifecycle policy of a repository would do to one image. */
export type Expiry =
  | { readonly kind: "no-policy" | "kept" }
  /** More images would go than are looked through. */
  | { readonly kind: "unclear" }
  | {
      readonly kind: "goes";
      readonly effect: "expire" | "archive";
      readonly rulePriority: number | undefined;
      /** What the policy says of the rule. */
      readonly description: string | undefined;
    };

/** How many images that would go are looked through. */
const MOST_EFFECTS = 10_000;

/**
 * Tries the repository's own lifecycle policy out, which changes nothing, and tells what it would do
 * to an image; where there is no policy, nothing is tried.
 *
 * Fails as `previewLifecycle` does, and where the policy may not be read or tried.
 */
export async function readExpiry(
  rules: PreviewRules & Pick<RepositoryRules, "readLifecyclePolicy">,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Expiry> {
  const policy = await rules.readLifecyclePolicy(repository, signal);
  if (policy === undefined) return { kind: "no-policy" };
  let looked = 0;
  for await (const { effects } of previewLifecycle(rules, repository, policy, signal)) {
    const found = effects.slice(looked).find((effect) => effect.digest === digest);
    looked = effects.length;
    if (found) {
      const { effect, rulePriority } = found;
      const description = ruleDescription(policy, rulePriority);
      return { kind: "goes", effect, rulePriority, description };
    }
    if (looked >= MOST_EFFECTS) return { kind: "unclear" };
  }
  return { kind: "kept" };
}

function ruleDescription(policy: string, priority: number | undefined): string | undefined {
  const rules = asList(asFields(tryParseJson(policy))?.["rules"]).map(asFields);
  const rule = rules.find((one) => asAmount(one?.["rulePriority"]) === priority);
  return asText(rule?.["description"]) || undefined;
}
