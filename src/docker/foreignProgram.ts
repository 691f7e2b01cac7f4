import type { BuildRequest } from "../core/enginePorts.js";
import type { FailureOf } from "../core/errors.js";

/** What Linux says of a program that is made for another machine: https://man7.org/linux/man-pages/man2/execve.2.html */
const FOREIGN = /exec format error/i;

/** Tells whether a line of a step says that a program is for another machine. */
export function isForeignProgram(line: string): boolean {
  return FOREIGN.test(line);
}

/**
 * Returns the failure of a step whose program the engine can't run, where platforms were chosen: the
 * engine lacks an emulator for them. Undefined for the engine's own platform, which needs none.
 */
export function emulatorMissing(
  { dockerfile, platforms }: BuildRequest,
  line: number | undefined,
  step: string | undefined,
): FailureOf<"emulator-missing"> | undefined {
  if (platforms.length === 0) return undefined;
  return { kind: "emulator-missing", dockerfile, line, step, platforms };
}

/** Adds what the engine's words leave out, where the program is not for the engine's own platform. */
export function explainForeignProgram(message: string): string {
  return `${message} (this engine can't run programs of this kind: exec format error)`;
}
