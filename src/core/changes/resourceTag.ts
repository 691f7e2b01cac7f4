import { EcrError } from "../errors.js";

/** A key and a value that AWS keeps with a repository, for bills and rights. */
export type ResourceTag = readonly [key: string, value: string];

/**
 * Reads `key=value`, or throws `invalid-input` with the rule that it breaks; the value may be empty.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html
 */
export function parseResourceTag(text: string): ResourceTag {
  const equals = text.indexOf("=");
  if (equals < 0) throw invalid(text, "it is a key, = and a value");
  const key = text.slice(0, equals).trim();
  const value = text.slice(equals + 1).trim();
  if (key.length === 0 || key.length > 128) throw invalid(text, "its key has 1 to 128 characters");
  if (value.length > 256) throw invalid(text, "its value has at most 256 characters");
  if (/^aws:/i.test(key)) throw invalid(text, "keys that begin with aws: are AWS's own");
  if (!/^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u.test(`${key}${value}`)) {
    throw invalid(text, "it is made of letters, digits, spaces and + - = . _ : / @");
  }
  return [key, value];
}

function invalid(value: string, reason: string): EcrError {
  return new EcrError({ kind: "invalid-input", field: "resource-tag", value, reason });
}
