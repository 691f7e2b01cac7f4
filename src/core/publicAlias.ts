import type { Repository } from "./registry.js";

/** Reads what stands between the host and the name in a public repository's URI; undefined if nothing. */
export function publicAlias({ uri, name }: Pick<Repository, "uri" | "name">): string | undefined {
  return uri.slice(uri.indexOf("/") + 1, -name.length - 1) || undefined;
}
