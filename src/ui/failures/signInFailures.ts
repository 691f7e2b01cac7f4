import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import { profileName } from "../loginNames.js";

type SignInFailure = Extract<Failure, { readonly kind: `sign-in-${string}` }>;

/** Says why a sign-in did not come about. */
export function signInMessage(failure: SignInFailure): string {
  const { t } = vscode.l10n;
  switch (failure.kind) {
    case "sign-in-denied":
      return t("The sign-in of {0} was refused in the browser.", profileName(failure.profile));
    case "sign-in-timed-out":
      return t(
        "The code for the sign-in of {0} ended before it was confirmed.",
        profileName(failure.profile),
      );
    case "sign-in-failed":
      return t(
        "IAM Identity Center did not sign in {0}: {1}",
        profileName(failure.profile),
        failure.message,
      );
    case "sign-in-program-missing":
      return t(
        "The AWS CLI ({0}), which signs in {1}, is not on this host or not on the PATH of its terminals.",
        failure.program,
        profileName(failure.profile),
      );
    case "sign-in-unsaved":
      return t("The AWS session can't be kept in {0}: {1}.", failure.path, failure.reason);
  }
}
