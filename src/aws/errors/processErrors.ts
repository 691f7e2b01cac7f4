import type { CredentialProcessFault } from "../../core/failures/awsFailures.js";
import type { AwsErrorRow } from "./awsErrorRow.js";
import type { RawError } from "./rawError.js";

const PROCESS =
  "https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal/credential-provider-process/src";
const VALIDATED = `${PROCESS}/getValidatedProcessCredentials.ts`;

/** The program of a profile's `credential_process`: what it did instead of giving credentials. */
export const PROCESS_ERRORS: readonly AwsErrorRow[] = [
  row("process-failed", "https://nodejs.org/api/child_process.html", /^Command failed: /, "failed"),
  row(
    "process-timed-out",
    "https://nodejs.org/api/child_process.html",
    /credential_process (?:did not end|timed out)/,
    "timed-out",
  ),
  row(
    "process-not-json",
    `${PROCESS}/resolveProcessCredentials.ts`,
    /credential_process returned invalid JSON/,
    "not-json",
  ),
  row(
    "process-incomplete",
    VALIDATED,
    /credential_process (?:did not return Version 1|returned invalid credentials)/,
    "incomplete",
  ),
  row("process-ended", VALIDATED, /credential_process returned expired credentials/, "expired"),
];

function row(id: string, source: string, text: RegExp, fault: CredentialProcessFault): AwsErrorRow {
  return {
    id,
    source,
    name: /^CredentialsProviderError$/,
    text,
    failure: (raw, { profile }) => ({
      kind: "credential-process-failed",
      // A role may have its credentials from another profile.
      profile: /^Profile (.+) credential_process /.exec(raw.message)?.[1] ?? profile,
      program: programOf(raw),
      fault,
    }),
    ...(fault === "failed" && { cause: withoutArguments }),
  };
}

/** The file name of the command's first word, which may stand in quotes; only Node names it. */
function programOf({ message }: RawError): string | undefined {
  const [, quoted, bare] = /^Command failed: (?:"([^"]+)"|(\S+))/.exec(message) ?? [];
  return (quoted ?? bare)?.split(/[\\/]/).at(-1);
}

/** Arguments may be secrets, and the log is for sharing. */
function withoutArguments(raw: RawError): Error {
  const words = raw.message.split("\n").slice(1).join("\n").trim();
  const program = programOf(raw) ?? "credential_process";
  return new Error(`${program} failed: ${words || "it wrote nothing to stderr"}`);
}
