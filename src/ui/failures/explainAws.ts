import * as vscode from "vscode";
import type { AwsFailures } from "../../core/failures/awsFailures.js";
import { type Explanations, say } from "./explanation.js";
import { clockMessage, credentialProcessMessage, rejectedMessage } from "./credentialMessages.js";
import { deniedMessage, remediesForDenied } from "./deniedMessage.js";
import {
  certificateMessage,
  remediesForUnreachable,
  unreachableMessage,
} from "./networkMessages.js";
import { signInMessage } from "./signInFailures.js";
import { formatDuration } from "../quantities.js";
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
  "session-too-short": (failure) =>
    say(
      vscode.l10n.t(
        "The AWS session of {0} ends in {1}, and the last push took {2}.",
        profileName(failure.profile),
        formatDuration(failure.endsInMs),
        formatDuration(failure.lastTookMs),
      ),
      ...(failure.renewedBy === "sign-in" ? ["sign-in" as const] : []),
      "push-anyway",
    ),
  "sign-in-denied": (failure) => say(signInMessage(failure), "retry"),
  "sign-in-timed-out": (failure) => say(signInMessage(failure), "retry"),
  "sign-in-failed": (failure) => say(signInMessage(failure), "retry"),
  "sign-in-program-missing": (failure) => say(signInMessage(failure), "show-how", "retry"),
  "sign-in-unsaved": (failure) => say(signInMessage(failure), "retry"),
  "credentials-rejected": (failure) => say(rejectedMessage(failure), "choose-registry", "retry"),
  "credential-process-failed": (failure) =>
    say(credentialProcessMessage(failure), "retry", "choose-registry"),
  "mfa-needed": (failure) =>
    say(
      vscode.l10n.t(
        "The role of {0} wants an MFA code, and there was nobody to ask.",
        profileName(failure.profile),
      ),
      "retry",
    ),
  "mfa-refused": (failure) =>
    say(
      vscode.l10n.t(
        "AWS does not accept the MFA code of {0}. Each code works once; wait for the next one.",
        profileName(failure.profile),
      ),
      "retry",
    ),
  "clock-skewed": (failure) => say(clockMessage(failure), "show-how", "retry"),
  "region-disabled": (failure) =>
    say(
      vscode.l10n.t("The account has not enabled the region {0}.", failure.region),
      "show-how",
      "choose-registry",
    ),
  "endpoint-conflict": (failure) =>
    say(
      vscode.l10n.t(
        "The custom endpoint {0} and {1} exclude each other. Remove the endpoint, or turn {1} off.",
        failure.endpoint ?? "AWS_ENDPOINT_URL",
        failure.feature,
      ),
      "open-setting",
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
    say(unreachableMessage(failure), ...remediesForUnreachable(failure)),
  "certificate-untrusted": (failure) =>
    say(certificateMessage(failure), "open-setting", "show-how", "retry"),
  "proxy-refused": (failure) =>
    say(
      vscode.l10n.t(
        "The HTTP proxy does not let VS Code through to {0}. It may want a login.",
        failure.host,
      ),
      "open-setting",
      "retry",
    ),
  "access-denied": (failure) => say(deniedMessage(failure), ...remediesForDenied(failure)),
  "page-expired": (failure) =>
    say(
      vscode.l10n.t(
        "AWS has forgotten where the list goes on ({0}). It is read from its beginning when you try again.",
        failure.operation,
      ),
      "retry",
    ),
  "public-registry-lacks": (failure) =>
    say(vscode.l10n.t("ECR Public does not offer this ({0}).", failure.operation)),
  throttled: (failure) =>
    say(
      failure.host === undefined
        ? vscode.l10n.t(
            "AWS asks for fewer requests ({0}). Try again in a moment.",
            failure.operation,
          )
        : vscode.l10n.t(
            "{0} asks for fewer requests ({1}). Try again in a moment.",
            failure.host,
            failure.operation,
          ),
      "retry",
    ),
  "limit-exceeded": (failure) =>
    say(
      vscode.l10n.t("An ECR limit is reached: {0}", failure.message),
      "show-how",
      "copy-for-admin",
      "retry",
    ),
  "aws-failed": (failure) =>
    say(
      vscode.l10n.t("ECR answered {0} with an error: {1}", failure.operation, failure.message),
      "retry",
    ),
};
