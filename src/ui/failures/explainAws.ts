import * as vscode from "vscode";
import type { AwsFailures } from "../../core/failures/awsFailures.js";
import { type Explanations, say } from "./explanation.js";
import { deniedMessage } from "./deniedMessage.js";
import { signInMessage } from "./signInFailures.js";
import { profileName } from "../loginNames.js";

/** The sentences and remedies of failures with AWS. */
export const awsExplanations: Explanations<keyof AwsFailures> = {
  "credentials-missing": (failure) =>
    failure.profile === undefined
      ? say(vscode.l10n.t("No AWS credentials found on this host."), "choose-registry")
      : say(
          vscode.l10n.t("Profile {0} has no AWS credentials on this host.", failure.profile),
          "choose-registry",
        ),
  "credentials-expired": (failure) =>
    say(
      vscode.l10n.t("The AWS session of {0} has ended.", profileName(failure.profile)),
      "sign-in",
      "retry",
    ),
  "sign-in-denied": (failure) => say(signInMessage(failure), "retry"),
  "sign-in-timed-out": (failure) => say(signInMessage(failure), "retry"),
  "sign-in-failed": (failure) => say(signInMessage(failure), "retry"),
  "sign-in-unsaved": (failure) => say(signInMessage(failure), "retry"),
  "credentials-rejected": (failure) =>
    say(
      vscode.l10n.t("AWS does not accept the access key of {0}.", profileName(failure.profile)),
      "choose-registry",
      "retry",
    ),
  "profile-not-found": (failure) =>
    say(
      vscode.l10n.t(
        "There is no profile {0} in the AWS config files on this host.",
        failure.profile,
      ),
      "choose-registry",
    ),
  "region-missing": (failure) =>
    say(
      vscode.l10n.t("No AWS region is set for {0}.", profileName(failure.profile)),
      "choose-registry",
    ),
  "aws-unreachable": (failure) =>
    say(
      vscode.l10n.t(
        "VS Code can't reach {0}. Check the region ({1}), the network and the proxy.",
        failure.host,
        failure.region,
      ),
      "retry",
      "choose-registry",
    ),
  "access-denied": (failure) =>
    say(deniedMessage(failure), ...(failure.action ? ["copy-policy" as const] : []), "retry"),
  throttled: (failure) =>
    say(
      vscode.l10n.t("AWS asks for fewer requests ({0}). Try again in a moment.", failure.operation),
      "retry",
    ),
  "limit-exceeded": (failure) =>
    say(vscode.l10n.t("An ECR limit is reached: {0}", failure.message), "retry"),
  "aws-failed": (failure) =>
    say(
      vscode.l10n.t("ECR answered {0} with an error: {1}", failure.operation, failure.message),
      "retry",
    ),
};
