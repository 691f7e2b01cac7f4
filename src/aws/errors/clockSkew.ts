import type { RawError } from "./rawError.js";

/** AWS takes requests that are signed at most five minutes before or after its own time. */
const TOLERANCE_MINUTES = 4;

/** AWS's words: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
const WORDS =
  /Signature (?:expired|not yet current): (\d{8}T\d{6}Z) is (?:now earlier|still later) than \S+ \((\d{8}T\d{6}Z)/;

/**
 * Tells by how many minutes this machine is ahead of AWS, negative where it is behind; undefined
 * where nothing says so, or the difference is none that matters.
 */
export function findClockSkew({ message, serverAt }: RawError, now: Date): number | undefined {
  const [, signed, told] = WORDS.exec(message) ?? [];
  const ours = signed === undefined ? now : parseStamp(signed);
  const theirs = told === undefined ? serverAt : parseStamp(told);
  if (!theirs) return undefined;
  const minutes = Math.round((ours.getTime() - theirs.getTime()) / 60_000);
  return Math.abs(minutes) < TOLERANCE_MINUTES ? undefined : minutes;
}

/** Reads a stamp of a signature, such as `20261123T101500Z`. */
function parseStamp(stamp: string): Date {
  return new Date(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, "$1-$2-$3T$4:$5:$6Z"));
}
