/** One rule of a lifecycle policy, as far as it can be told. */
export interface LifecycleRule {
  readonly priority: number | undefined;
  readonly description: string | undefined;
  readonly tagStatus: string;
  /** Patterns of tags, in which `*` stands for any characters. */
  readonly tagPatterns: readonly string[];
  /** Whether it is about archived images. */
  readonly isAboutArchive: boolean;
  readonly count: RuleCount;
  readonly action: "expire" | "archive";
}

/** Which of the images a rule meets; `unknown` is a count that nobody here knows. */
export type RuleCount =
  | { readonly kind: "all-but-newest"; readonly images: number }
  | {
      readonly kind: "older-than";
      readonly days: number;
      readonly since: "pushed" | "pulled" | "archived";
    }
  | { readonly kind: "unknown"; readonly name: string };

const SINCE = {
  sinceImagePushed: "pushed",
  sinceImagePulled: "pulled",
  sinceImageTransitioned: "archived",
} as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the rules of a lifecycle policy by priority; undefined for a text that is no policy.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
export function tryParseLifecycleRules(text: string): readonly LifecycleRule[] | undefined {
  const rules = asFields(tryJson(text))["rules"];
  if (!Array.isArray(rules)) return undefined;
  const all: readonly unknown[] = rules;
  return all
    .map((rule) => readRule(asFields(rule)))
    .toSorted((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity));
}

function readRule({ rulePriority, description, selection, action }: Fields): LifecycleRule {
  const fields = asFields(selection);
  const prefixes = asTexts(fields["tagPrefixList"]).map((prefix) => `${prefix}*`);
  return {
    priority: typeof rulePriority === "number" ? rulePriority : undefined,
    description: typeof description === "string" && description !== "" ? description : undefined,
    tagStatus: asText(fields["tagStatus"]),
    tagPatterns: [...prefixes, ...asTexts(fields["tagPatternList"])],
    isAboutArchive: fields["storageClass"] === "archive",
    count: readCount(asText(fields["countType"]), fields["countNumber"]),
    action: asFields(action)["type"] === "transition" ? "archive" : "expire",
  };
}

function readCount(type: string, number: unknown): RuleCount {
  if (typeof number !== "number") return { kind: "unknown", name: type };
  if (type === "imageCountMoreThan") return { kind: "all-but-newest", images: number };
  return isAge(type)
    ? { kind: "older-than", days: number, since: SINCE[type] }
    : { kind: "unknown", name: type };
}

function isAge(type: string): type is keyof typeof SINCE {
  return Object.hasOwn(SINCE, type);
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function asTexts(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  return all.filter((one) => typeof one === "string");
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
