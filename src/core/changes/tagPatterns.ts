import { EcrError } from "../errors.js";

/** The most patterns that a repository's tag rule takes. */
const MAX_TAG_PATTERNS = 5;

const PATTERN = /^[0-9a-zA-Z._*-]{1,128}$/;

/**
 * Returns a pattern of tags that are exempt from a repository's rule, or throws `invalid-input`.
 *
 * Sources: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html,
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository
 */
export function parseTagPattern(text: string): string {
  if (text.length === 0 || text.length > 128) {
    throw invalid(text, "it needs 1 to 128 characters");
  }
  if (!PATTERN.test(text)) {
    throw invalid(text, "it is made of letters, digits and . _ - with * for any text");
  }
  if (text.split("*").length > 3) {
    throw invalid(text, "it holds at most two *");
  }
  return text;
}

/** Returns the patterns of a text, with commas or spaces between; none are an empty list. */
export function parseTagPatterns(text: string): readonly string[] {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "");
  const patterns = [...new Set(parts.map(parseTagPattern))];
  if (patterns.length > MAX_TAG_PATTERNS) {
    throw invalid(text.trim(), `a repository takes at most ${String(MAX_TAG_PATTERNS)}`);
  }
  return patterns;
}

function invalid(value: string, reason: string): EcrError {
  return new EcrError({ kind: "invalid-input", field: "tag-pattern", value, reason });
}
