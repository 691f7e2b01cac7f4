import { asNumber, asRecord } from "../untyped.js";
import { bytes, readMessage, text } from "./protoFields.js";

/** What BuildKit attaches to a failure, besides its words. */
export interface ErrorDetails {
  /** The line of the Dockerfile that failed, from 1. */
  readonly line: number | undefined;
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
  let line: number | undefined;
  let exitCode: number | undefined;
  for (const { type, json } of status ? readParts(status) : []) {
    if (type.endsWith(SOURCE)) line ??= readLine(json);
    if (EXIT.test(type)) exitCode ??= asNumber(asRecord(json)?.["Code"]);
  }
  return { line, exitCode };
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

function readLine(source: unknown): number | undefined {
  const ranges: unknown = asRecord(source)?.["ranges"];
  const first: unknown = Array.isArray(ranges) ? ranges[0] : undefined;
  return asNumber(asRecord(asRecord(first)?.["start"])?.["line"]);
}
