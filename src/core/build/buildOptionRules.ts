import { EcrError } from "../errors.js";
import type { InputField } from "../failures/inputFailures.js";

/** Returns `name=value` as its parts, or throws `invalid-input` for a name that `ARG` can't have. */
export function parseArgument(text: string): readonly [name: string, value: string] {
  const [name, value] = split("build-argument", text);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    const reason = "a name is made of letters, digits and _ and does not start with a digit";
    throw invalid("build-argument", text, reason);
  }
  return [name, value];
}

/** Returns `name=value` as its parts, or throws `invalid-input` for a name that is no label's. */
export function parseLabel(text: string): readonly [name: string, value: string] {
  const [name, value] = split("label", text);
  if (/\s/.test(name)) throw invalid("label", text, "a name holds no space");
  return [name, value];
}

/** Returns `name=address` as its parts, or throws `invalid-input`. */
export function parseHost(text: string): readonly [name: string, value: string] {
  const [name, value] = split("host", text);
  if (!/^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/.test(name)) {
    throw invalid("host", text, "a name is made of letters, digits and . _ -");
  }
  if (!isAddress(value)) {
    throw invalid("host", text, "the address looks like 192.0.2.7 or fd00::7");
  }
  return [name, value];
}

/** Returns the name of an environment variable, or throws `invalid-input`. */
export function parseVariableName(text: string): string {
  if (!/^[^=\s\0]+$/.test(text)) {
    throw invalid("build-argument", text, "a variable's name is one word without =");
  }
  return text;
}

function isAddress(text: string): boolean {
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (bytes) return bytes.every((byte) => Number(byte) < 256);
  return text.includes(":") && URL.canParse(`http://[${text}]`);
}

function split(field: InputField, text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw invalid(field, text, "it looks like name=value");
  return [text.slice(0, at), text.slice(at + 1)];
}

function invalid(field: InputField, value: string, reason: string): EcrError {
  return new EcrError({ kind: "invalid-input", field, value, reason });
}
