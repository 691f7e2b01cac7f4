import type { Failure } from "../../core/errors.js";
import type { RawError } from "./rawError.js";

/** Takes from a refusal who may not do what. */
export function denied(raw: RawError): Failure {
  const parts =
    /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(
      raw.message,
    );
  return {
    kind: "access-denied",
    principal: parts?.[1],
    action: parts?.[2],
    resource: parts?.[3],
  };
}
