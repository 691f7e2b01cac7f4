import type { CallMetadata } from "./sessionService.js";

/**
 * What BuildKit adds to the name of a header to mark values that it escaped.
 *
 * Source: https://github.com/moby/buildkit/blob/master/session/filesync/filesync.go
 */
const MARK = "-encoded";

/**
 * Reads the headers of a call from the flat list of node:http2, which keeps repetitions apart.
 *
 * The joined form that other libraries hand out tears a pattern with a comma in two.
 */
export function readMetadata(rawHeaders: readonly string[]): CallMetadata {
  const headers = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    const value = decodeText(rawHeaders[at + 1] ?? "");
    const values = headers.get(name);
    if (values) values.push(value);
    else headers.set(name, [value]);
  }
  return {
    values: (name) => {
      const values = headers.get(name) ?? [];
      return headers.get(`${name}${MARK}`)?.[0] === "1" ? values.map(unescapeQuery) : values;
    },
  };
}

/** Older engines send names in any script as they are, and node:http2 reads bytes as Latin-1. */
function decodeText(value: string): string {
  const hasForeign = /[^\0-\x7f]/.test(value);
  return hasForeign ? Buffer.from(value, "latin1").toString("utf8") : value;
}

/** Undoes Go's `url.QueryEscape`; what is no escape stays as it is. */
function unescapeQuery(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
