import type { Failure } from "../../core/errors.js";
import { denialReason } from "../../core/denialReason.js";
import type { RawError } from "./rawError.js";

/** Takes from a refusal who may not do what, and which policy decides it. */
export function denied({ message, requestId }: RawError): Failure {
  const parts =
    /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(message);
  const because = denialReason(message);
  return {
    kind: "access-denied",
    principal: parts?.[1],
    action: parts?.[2],
    resource: parts?.[3],
    ...(because !== undefined && { because }),
    ...(requestId !== undefined && { requestId }),
  };
}
