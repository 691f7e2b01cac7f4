import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import { profileName } from "../loginNames.js";

/** Says what AWS does not accept about an access key, and what it may be instead. */
export function rejectedMessage(failure: FailureOf<"credentials-rejected">): string {
  const { t } = vscode.l10n;
  const profile = profileName(failure.profile);
  if (failure.why === "wrong-secret") {
    return t("The secret access key of {0} does not belong to its access key.", profile);
  }
  return failure.why === undefined || failure.region === undefined
    ? t("AWS does not accept the access key of {0}.", profile)
    : t(
        "AWS does not know the access key of {0} in {1}. It is deleted or mistyped, of another partition, or the account has not enabled the region.",
        profile,
        failure.region,
      );
}

/** Says how the program of a `credential_process` failed; its own words are in the log alone. */
export function credentialProcessMessage(failure: FailureOf<"credential-process-failed">): string {
  const { t } = vscode.l10n;
  const profile = profileName(failure.profile);
  const program =
    failure.program === undefined
      ? "credential_process"
      : `credential_process (${failure.program})`;
  switch (failure.fault) {
    case "failed":
      return t("{0} of {1} failed. The log has its words.", program, profile);
    case "timed-out":
      return t("{0} of {1} did not end in time.", program, profile);
    case "not-json":
      return t("{0} of {1} did not answer with JSON.", program, profile);
    case "incomplete":
      return t(
        "{0} of {1} left something out: Version 1, AccessKeyId and SecretAccessKey are needed.",
        program,
        profile,
      );
    case "expired":
      return t("{0} of {1} gave credentials that have ended.", program, profile);
  }
}

/** Says by how much this machine's clock differs from AWS's, where that is known. */
export function clockMessage({ aheadMinutes }: FailureOf<"clock-skewed">): string {
  const { t } = vscode.l10n;
  if (aheadMinutes === undefined) {
    return t("This machine's clock differs from AWS's by more than AWS accepts. Set the clock.");
  }
  return aheadMinutes > 0
    ? t("This machine's clock is about {0} min ahead of AWS. Set the clock.", aheadMinutes)
    : t("This machine's clock is about {0} min behind AWS. Set the clock.", -aheadMinutes);
}
