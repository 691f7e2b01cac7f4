import type { DenialReason } from "./failures/denied.js";

/**
 * Reads from AWS's sentence of a refusal which policy it is about; undefined where it does not say.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialReason(sentence: string): DenialReason | undefined {
  if (/with an explicit deny/i.test(sentence)) return "explicit-deny";
  if (/no permissions boundary allows/i.test(sentence)) return "no-boundary";
  if (/no resource-based policy allows/i.test(sentence)) return "no-resource-policy";
  return /no identity-based policy allows/i.test(sentence) ? "no-identity-policy" : undefined;
}
