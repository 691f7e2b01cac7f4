/** Returns a text field of something parsed; undefined where it is missing, empty or no text. */
export function textField(holder: unknown, key: string): string | undefined {
  const value = field(holder, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Returns a number field of something parsed; undefined where it is missing or no number. */
export function numberField(holder: unknown, key: string): number | undefined {
  const value = field(holder, key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Returns a field of something parsed; undefined where it is missing, or the holder is no object. */
export function field(holder: unknown, key: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
}
