import type { Failure } from "../../core/errors.js";
import type { CertificateProblem } from "../../core/failures/awsFailures.js";
import type { AwsCall } from "./awsErrorRow.js";

/** Says what is wrong with the certificate of a host, else of the one that was asked. */
export function untrusted(host: string | undefined, call: AwsCall, text: string): Failure {
  return {
    kind: "certificate-untrusted",
    host: host ?? call.host ?? "AWS",
    problem: certificateProblem(text),
  };
}

/**
 * Reads it from Node's code, or from the words of one.
 *
 * Source: https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
function certificateProblem(text: string): CertificateProblem {
  if (/ALTNAME|altnames/.test(text)) return "other-host";
  if (/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|has expired|not yet valid/.test(text)) return "dates";
  return /^(?:EPROTO|ERR_SSL_)/.test(text) ? "no-tls" : "untrusted";
}
