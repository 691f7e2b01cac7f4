import { access } from "node:fs/promises";
import path from "node:path";
import { escapePattern, type PreparedBuild } from "./buildContext.js";
import type { GeneratedFile } from "./tarContext.js";

/** Podman reads this file before `.dockerignore`. */
const IGNORE_FILE = ".containerignore";

/**
 * Makes the ignore file that keeps Podman from applying the context's own a second time, where the
 * Dockerfile's own has been applied already; it hides itself too. A context that has such a file
 * keeps it, and gets none.
 *
 * Source: https://github.com/containers/buildah/blob/v1.28.2/pkg/parse/parse.go (ContainerIgnoreFile)
 */
export async function podmanIgnoreFile({
  root,
  hidden,
}: PreparedBuild): Promise<readonly GeneratedFile[]> {
  const isThere = await access(path.join(root, IGNORE_FILE)).then(
    () => true,
    () => false,
  );
  if (isThere) return [];
  const lines = [IGNORE_FILE, ...hidden].map((name) => `${escapePattern(name)}\n`);
  return [{ path: IGNORE_FILE, content: Buffer.from(lines.join("")) }];
}
