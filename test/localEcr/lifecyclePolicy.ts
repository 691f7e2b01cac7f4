import { invalidParameter } from "./awsError.js";
import { Input } from "./input.js";
import { type JsonObject, tryParseObject } from "./json.js";

/** What a rule counts to tell which images it selects. */
export type LifecycleCount =
  | { readonly kind: "more-than"; readonly images: number }
  | { readonly kind: "older-than"; readonly days: number; readonly since: AgeSource };

/** The instant that an image's age is counted from. */
export type AgeSource = "sinceImagePushed" | "sinceImagePulled" | "sinceImageTransitioned";

/** One rule of a lifecycle policy. */
export interface LifecycleRule {
  readonly priority: number;
  readonly tagStatus: "tagged" | "untagged" | "any";
  /** Patterns that all must match a tag of the image; `*` stands for any characters. */
  readonly tagPatterns: readonly string[];
  readonly storageClass: "STANDARD" | "ARCHIVE";
  readonly count: LifecycleCount;
  readonly action: "EXPIRE" | "TRANSITION";
}

const ageSources = ["sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"] as const;

/**
 * Reads the text of a lifecycle policy; rules come back by priority.
 *
 * @throws AwsError InvalidParameterException for a text that ECR would not take.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function parseLifecyclePolicy(text: string): LifecycleRule[] {
  if (text.length < 100) {
    throw refused("Member must have length greater than or equal to 100");
  }
  if (text.length > 30_720) {
    throw refused("Member must have length less than or equal to 30720");
  }
  const fields = tryParseObject(text);
  if (!fields) throw refused("Lifecycle policy is not valid JSON");
  const rules = parseRules(fields);
  rules.sort((a, b) => a.priority - b.priority);
  checkTogether(rules);
  return rules;
}

/** ECR speaks of the whole text, whatever it is in there that it does not take. */
function parseRules(fields: JsonObject): LifecycleRule[] {
  try {
    return new Input(fields).objects("rules", 1, 50).map(parseRule);
  } catch (error) {
    const [, why] = /^Invalid parameter at '(rules.*)$/s.exec((error as Error).message) ?? [];
    throw why === undefined ? error : refused(`'${why}`);
  }
}

function parseRule(input: Input): LifecycleRule {
  const priority = input.optionalInteger("rulePriority", 1, Number.MAX_SAFE_INTEGER);
  if (priority === undefined) throw refused("Each rule must have a rulePriority");
  const selection = input.object("selection");
  const tagStatus = selection.optionalChoice("tagStatus", ["tagged", "untagged", "any"]);
  if (tagStatus === undefined) throw refused("Each selection must have a tagStatus");
  const action = input.object("action").optionalChoice("type", ["expire", "transition"]);
  if (action === undefined) throw refused("Each rule must have an action");
  return {
    priority,
    tagStatus,
    tagPatterns: parseTagPatterns(selection, tagStatus),
    storageClass:
      selection.optionalChoice("storageClass", ["standard", "archive"]) === "archive"
        ? "ARCHIVE"
        : "STANDARD",
    count: parseCount(selection),
    action: action === "expire" ? "EXPIRE" : "TRANSITION",
  };
}

function parseTagPatterns(selection: Input, tagStatus: string): string[] {
  const prefixes = selection.optionalStrings("tagPrefixList", 0, 100) ?? [];
  const patterns = selection.optionalStrings("tagPatternList", 0, 100) ?? [];
  const all = [...prefixes.map((prefix) => `${prefix}*`), ...patterns];
  if (prefixes.length > 0 && patterns.length > 0) {
    throw refused("tagPrefixList and tagPatternList can't be used together");
  }
  if (tagStatus === "tagged" && all.length === 0) {
    throw refused("tagPrefixList or tagPatternList is required when tagStatus is tagged");
  }
  if (tagStatus !== "tagged" && all.length > 0) {
    throw refused(`tagPrefixList and tagPatternList can't be used when tagStatus is ${tagStatus}`);
  }
  return all;
}

function parseCount(selection: Input): LifecycleCount {
  const type = selection.optionalChoice("countType", ["imageCountMoreThan", ...ageSources]);
  const number = selection.optionalInteger("countNumber", 1, Number.MAX_SAFE_INTEGER);
  const unit = selection.optionalChoice("countUnit", ["days"]);
  if (type === undefined || number === undefined) {
    throw refused("Each selection must have a countType and a countNumber");
  }
  if (type === "imageCountMoreThan") {
    if (unit !== undefined) throw refused("countUnit can't be used with imageCountMoreThan");
    return { kind: "more-than", images: number };
  }
  if (unit === undefined) throw refused(`countUnit is required with ${type}`);
  return { kind: "older-than", days: number, since: type };
}

function checkTogether(rules: readonly LifecycleRule[]): void {
  if (new Set(rules.map((rule) => rule.priority)).size < rules.length) {
    throw refused("Each rulePriority must be unique");
  }
  const any = rules.filter((rule) => rule.tagStatus === "any" && rule.storageClass === "STANDARD");
  if (any.length > 0 && rules.at(-1)?.tagStatus !== "any") {
    throw refused("The rule whose tagStatus is any must have the highest rulePriority");
  }
}

function refused(reason: string): Error {
  return invalidParameter("LifecyclePolicyText", `Lifecycle policy validation failure: ${reason}`);
}
