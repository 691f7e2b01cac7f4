import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import type { ProfileFailures } from "../../core/failures/profileFailures.js";
import { type Explanations, say } from "./explanation.js";

/** The sentences and remedies of failures with the AWS files and the profiles in them. */
export const profileExplanations: Explanations<keyof ProfileFailures> = {
  "profile-unusable": (failure) =>
    say(
      vscode.l10n.t(
        "Profile “{0}” in {1} (line {2}) can't be used: {3}.",
        failure.profile,
        failure.path,
        failure.line,
        flawText(failure),
      ),
      "open-aws-file",
      "choose-registry",
    ),
  "profile-cycle": (failure) =>
    say(
      vscode.l10n.t(
        "The roles of profile {0} lead in a circle: {1}. Change a source_profile in {2}.",
        failure.profile,
        failure.chain.join(" → "),
        failure.path,
      ),
      "open-aws-file",
      "choose-registry",
    ),
  "source-profile-missing": (failure) =>
    say(
      vscode.l10n.t(
        "Profile {0} takes its role on from profile {1}, which the AWS config files on this host don't have.",
        failure.profile,
        failure.source,
      ),
      "open-aws-file",
      "choose-registry",
    ),
  "sso-session-unusable": (failure) =>
    say(
      failure.lacks === undefined
        ? vscode.l10n.t(
            "Profile {0} signs in with the sso-session {1}, which {2} does not have.",
            failure.profile,
            failure.session,
            failure.path,
          )
        : vscode.l10n.t(
            "The sso-session {0} of profile {1} has no {2} in {3}.",
            failure.session,
            failure.profile,
            failure.lacks,
            failure.path,
          ),
      "open-aws-file",
      "choose-registry",
    ),
  "aws-file-unreadable": (failure) =>
    say(vscode.l10n.t("{0} can't be read: {1}.", failure.path, failure.reason), "retry"),
  "aws-file-malformed": (failure) =>
    say(
      vscode.l10n.t(
        "{0} can't be read: the section that begins at line {1} has no closing bracket.",
        failure.path,
        failure.line,
      ),
      "open-aws-file",
      "retry",
    ),
};

/** Says what keeps a profile from use, as a part of a sentence. */
function flawText({ flaw, profile }: FailureOf<"profile-unusable">): string {
  const { t } = vscode.l10n;
  switch (flaw) {
    case "space":
      return t("the AWS SDK reads no name with a space");
    case "character":
      return t("the AWS SDK reads only letters, digits and _ - @ + . % : / in names");
    case "prefix-missing":
      return t("there its section has to be [profile {0}]", profile);
    case "prefix-extra":
      return t("there its section has to be [{0}]", profile);
  }
}
