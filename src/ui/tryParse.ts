import { EcrError } from "../core/errors.js";

/** What a text came to: the parsed value, or the rule that it breaks. */
export type Parsed = { readonly value: string } | { readonly reason: string };

/** Parses without throwing, for questions that say what is wrong while the user types. */
export function parseOrReason(parse: (text: string) => string, text: string): Parsed {
  try {
    return { value: parse(text) };
  } catch (error) {
    if (error instanceof EcrError && error.failure.kind === "invalid-input") {
      return { reason: error.failure.reason };
    }
    throw error;
  }
}

/** Returns the parsed value, or undefined when the text breaks a rule. */
export function tryParse(parse: (text: string) => string, text: string): string | undefined {
  const parsed = parseOrReason(parse, text);
  return "value" in parsed ? parsed.value : undefined;
}

/** Says which rule a text breaks; undefined when it can be parsed. */
export function reasonAgainst(parse: (text: string) => unknown, text: string): string | undefined {
  const parsed = parseOrReason((whole) => {
    parse(whole);
    return whole;
  }, text);
  return "reason" in parsed ? parsed.reason : undefined;
}
