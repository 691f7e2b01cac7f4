import type { Failure } from "../../core/errors.js";
import type { UnreachableReason } from "../../core/failures/awsFailures.js";
import type { AwsCall } from "./awsErrorRow.js";

/** Says that a host, else the one that was asked, does not answer. */
export function unreachable(
  host: string | undefined,
  call: AwsCall,
  why: UnreachableReason,
): Failure {
  return { kind: "aws-unreachable", host: host ?? call.host ?? "AWS", region: call.region, why };
}

/** Reads from Node's code, or the words around it, why a host does not answer. */
export function unreachableReason(text: string): UnreachableReason {
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return "unknown-host";
  if (/ECONNREFUSED/.test(text)) return "refused";
  return /ECONNRESET|EPIPE/.test(text) ? "broken-off" : "no-answer";
}
