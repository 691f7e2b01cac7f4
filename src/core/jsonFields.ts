/** A JSON object of which nothing is known yet. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** Reads JSON; undefined for what is none. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns the value as an object, or undefined. */
export function asFields(value: unknown): JsonFields | undefined {
  return isFields(value) ? value : undefined;
}

/** Returns the value as a list; one that is none is empty. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns the value as text, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Returns the texts of a list, without what is none. */
export function asTexts(value: unknown): readonly string[] {
  return asList(value).filter((item) => typeof item === "string");
}

/** Returns the pairs of an object whose values are texts, in its order. */
export function asTextPairs(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(asFields(value) ?? {}).flatMap(([name, text]) =>
    typeof text === "string" ? [[name, text] as const] : [],
  );
}

/** Returns the value as a finite number that is not negative, or undefined. */
export function asAmount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Returns the instant that a text names, or undefined. */
export function asInstant(value: unknown): Date | undefined {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at);
}

function isFields(value: unknown): value is JsonFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
