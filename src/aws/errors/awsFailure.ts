import { EcrError } from "../../core/errors.js";
import type { AwsCall, AwsErrorRow } from "./awsErrorRow.js";
import { AWS_ERRORS } from "./awsErrorTable.js";
import { rawErrors, type RawError } from "./rawError.js";

/** Turns what the SDK threw into a failure: the first row of the table that knows a link decides. */
export function awsFailure(error: unknown, call: AwsCall): EcrError {
  if (error instanceof EcrError) {
    return error;
  }
  const links = rawErrors(error);
  for (const row of AWS_ERRORS) {
    const link = links.find((raw) => matches(row, raw));
    if (link) {
      return new EcrError(row.failure(link, call), { cause: row.cause?.(link) ?? error });
    }
  }
  const message = links[0]?.message ?? "";
  return new EcrError({ kind: "aws-failed", operation: call.operation, message }, { cause: error });
}

function matches(row: AwsErrorRow, raw: RawError): boolean {
  return (
    (row.name?.test(raw.name) ?? true) &&
    (row.code?.test(raw.code) ?? true) &&
    (row.text?.test(raw.message) ?? true) &&
    (row.status === undefined || row.status === raw.status)
  );
}
