/** Tells whether an error says that a path has vanished, or become something else. */
export function isGone(error: unknown): boolean {
  return hasCode(error, ["ENOENT", "ENOTDIR", "ELOOP", "EISDIR", "ENXIO"]);
}

/** Tells whether an error says that this user may not read a path. */
export function isRefused(error: unknown): boolean {
  return hasCode(error, ["EACCES", "EPERM"]);
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
