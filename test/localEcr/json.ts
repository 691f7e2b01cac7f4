/** An object as it comes from `JSON.parse`, before its fields are checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells whether a parsed value is an object, which arrays and null are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses a text that should hold an object; returns undefined when it does not. */
export function tryParseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
