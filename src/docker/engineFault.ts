import type { Failure } from "../core/errors.js";

/**
 * Reads the errors of the system that engines pass on, each in its own wrapping; undefined for
 * others. Pass the engine's own words only: those of a step are the user's.
 *
 * Source: https://pkg.go.dev/syscall#Errno (ENOSPC and EDQUOT, as Go words them)
 */
export function toEngineFault(message: string, operation: string): Failure | undefined {
  return /no space left on device|disk quota exceeded/i.test(message)
    ? { kind: "engine-disk-full", operation }
    : undefined;
}
