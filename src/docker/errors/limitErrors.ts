import type { RegistryErrorRow } from "./registryErrorRow.js";
import { ERRORS_GUIDE } from "./sources.js";

/** Too much at once, or too much altogether. */
export const LIMIT_ERRORS: readonly RegistryErrorRow[] = [
  {
    id: "throttled",
    pattern: /toomanyrequests|rate exceeded|429 too many requests|too many requests/i,
    source: ERRORS_GUIDE,
    toFailure: (_, { operation, host }) => ({ kind: "throttled", operation, host }),
  },
  {
    id: "limit-exceeded",
    pattern:
      /limit ?exceeded|exceeds? .*limit|quota|reached (?:its|the) (?:limit|maximum)|maximum allowed number/i,
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html",
    toFailure: (_, { operation }, message) => ({ kind: "limit-exceeded", operation, message }),
  },
];
