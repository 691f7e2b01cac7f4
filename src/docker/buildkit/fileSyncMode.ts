import { constants } from "node:fs";

/**
 * What Go adds to the permission bits for each type; a socket counts as a regular file.
 *
 * Source: https://pkg.go.dev/io/fs#FileMode
 */
const TYPES: Readonly<Record<number, number>> = {
  [constants.S_IFDIR]: 1 << 31,
  [constants.S_IFLNK]: 1 << 27,
  [constants.S_IFBLK]: 1 << 26,
  [constants.S_IFCHR]: (1 << 26) | (1 << 21),
  [constants.S_IFIFO]: 1 << 25,
};

/** Set-user-id, set-group-id and sticky: their bits in POSIX and in Go. */
const SPECIAL = [
  [0o4000, 1 << 23],
  [0o2000, 1 << 22],
  [0o1000, 1 << 20],
] as const;

/**
 * Turns the mode that the system gives into the mode that BuildKit reads, Go's `FileMode`.
 *
 * Windows has no permission bits; everything may be run there, as with Docker's own client:
 * https://github.com/tonistiigi/fsutil/blob/master/stat.go
 */
export function goFileMode(mode: number, platform: NodeJS.Platform): number {
  const windows = platform === "win32";
  let result = windows ? (mode | 0o111) & 0o755 : mode & 0o777;
  result |= TYPES[mode & constants.S_IFMT] ?? 0;
  for (const [posix, go] of SPECIAL) if (!windows && mode & posix) result |= go;
  return result >>> 0;
}
