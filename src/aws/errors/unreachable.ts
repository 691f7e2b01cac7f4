import type { Failure } from "../../core/errors.js";
import type { AwsCall } from "./awsErrorRow.js";

/** Says that a host, else the one that was asked, does not answer. */
export function unreachable(host: string | undefined, call: AwsCall): Failure {
  return { kind: "aws-unreachable", host: host ?? call.host ?? "AWS", region: call.region };
}
