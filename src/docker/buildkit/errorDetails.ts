import { asNumber, asRecord } from "../untyped.js";
import { bytes, readMessage, text } from "./protoFields.js";

/** What BuildKit attaches to a failure, besides its words. */
export interface ErrorDetails {
  /** The line of the Dockerfile that failed, from 1. */
  readonly line: number | undefined;
  /** The last line of the instruction that failed. */
  readonly endLine: number | undefined;
  /** What the program of the step ended with. */
  readonly exitCode: number | undefined;
}

const SOURCE = "github.com/moby/buildkit/errdefs.Source+json";
const EXIT = /ExitMessage\+json$/;

/**
 * Reads the details of a failed call, a `google.rpc.Status` whose parts hold JSON.
 *
 * Docker Engine sends them since 23. What can't be read counts as absent, as the failure itself
 * matters more.
 * Sources: https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto,
 * https://github.com/moby/buildkit/blob/master/util/grpcerrors/grpcerrors.go
 */
export function readErrorDetails(status: Uint8Array | undefined): ErrorDetails {
  let range: LineRange | undefined;
  let exitCode: number | undefined;
  for (const { type, json } of status ? readParts(status) : []) {
    if (type.endsWith(SOURCE)) range ??= readRange(json);
    if (EXIT.test(type)) exitCode ??= asNumber(asRecord(json)?.["Code"]);
  }
  return { line: range?.line, endLine: range?.endLine, exitCode };
}

interface Part {
  readonly type: string;
  readonly json: unknown;
}

function readParts(status: Uint8Array): readonly Part[] {
  const parts: Part[] = [];
  const readPart = (message: Uint8Array): void => {
    let type = "";
    let value: Uint8Array = new Uint8Array();
    readMessage(message, { 1: text((is) => (type = is)), 2: bytes((is) => (value = is)) });
    // Parts that are no JSON are of no use here.
    if (type.endsWith("+json")) parts.push({ type, json: parseJson(value) });
  };
  try {
    readMessage(status, { 3: bytes(readPart) });
  } catch {
    return parts;
  }
  return parts;
}

function parseJson(value: Uint8Array): unknown {
  return JSON.parse(Buffer.from(value).toString("utf8"));
}

interface LineRange {
  readonly line: number | undefined;
  readonly endLine: number | undefined;
}

/** A heredoc has a range for each of its lines, so the last one tells where it ends. */
function readRange(source: unknown): LineRange {
  const ranges: unknown = asRecord(source)?.["ranges"];
  const all: readonly unknown[] = Array.isArray(ranges) ? ranges : [];
  const lineOf = (range: unknown, edge: "start" | "end"): number | undefined =>
    asNumber(asRecord(asRecord(range)?.[edge])?.["line"]);
  const line = lineOf(all[0], "start");
  const last = lineOf(all.at(-1), "end") ?? line;
  return { line, endLine: last !== undefined && line !== undefined && last >= line ? last : line };
}
