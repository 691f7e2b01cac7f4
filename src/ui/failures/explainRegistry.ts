import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import type { RegistryFailures } from "../../core/failures/registryFailures.js";
import { asSentence } from "../asSentence.js";
import { engineUnreachableMessage, remediesForEngineUnreachable } from "./engineNetwork.js";
import { runTargetMessage } from "./runTargetMessage.js";
import { type Explanations, say } from "./explanation.js";

/** The sentences and remedies of failures with a registry and what it holds. */
export const registryExplanations: Explanations<keyof RegistryFailures> = {
  "token-expired": (failure) =>
    say(vscode.l10n.t("The login token for {0} has ended.", failure.host), "renew-token"),
  "registry-unauthorized": (failure) =>
    say(
      vscode.l10n.t("{0} does not accept the login token.", failure.host),
      "renew-token",
      "choose-registry",
    ),
  "registry-unavailable": (failure) =>
    say(vscode.l10n.t("{0} answers with an error: {1}", failure.host, failure.message), "retry"),
  "registry-unreachable": (failure) =>
    say(engineUnreachableMessage(failure), ...remediesForEngineUnreachable(failure)),
  "repository-not-found": (failure) =>
    say(
      failure.registryId === undefined
        ? vscode.l10n.t("There is no repository {0} in this registry.", failure.repository)
        : vscode.l10n.t(
            "There is no repository {0} in registry {1}.",
            failure.repository,
            failure.registryId,
          ),
      "create-and-push",
      "pick-repository",
    ),
  "repository-exists": (failure) =>
    say(vscode.l10n.t("A repository {0} exists already.", failure.repository)),
  "tag-immutable": (failure) =>
    say(
      vscode.l10n.t("{0}:{1} exists and its tag can't move.", failure.repository, failure.tag),
      "pick-tag",
    ),
  "image-not-found": (failure) => say(vscode.l10n.t("There is no image {0}.", failure.reference)),
  "config-unusable": (failure) => say(configMessage(failure), "retry"),
  "manifest-rejected": (failure) =>
    say(
      vscode.l10n.t(
        "ECR does not take the manifest of {0}: {1} One platform without attestations mostly works.",
        failure.reference,
        asSentence(failure.message),
      ),
      "pick-platform",
      "retry",
    ),
  "layer-lost": (failure) =>
    say(vscode.l10n.t("A layer of {0} did not arrive in ECR.", failure.reference), "retry"),
  "push-failed": (failure) =>
    say(vscode.l10n.t("{0} was not pushed: {1}", failure.reference, failure.message), "retry"),
  "platform-missing": (failure) =>
    say(
      failure.platform === undefined
        ? vscode.l10n.t("{0} has no image for the platform of the engine.", failure.reference)
        : vscode.l10n.t("{0} has no image for {1}.", failure.reference, failure.platform),
    ),
  "pull-failed": (failure) =>
    say(vscode.l10n.t("{0} was not pulled: {1}", failure.reference, failure.message), "retry"),
  "stream-truncated": (failure) =>
    say(
      vscode.l10n.t(
        "The Docker Engine stopped answering before the end of: {0}.",
        failure.operation,
      ),
      "retry",
    ),
  "run-target-unfit": (failure) =>
    failure.isPushed
      ? say(runTargetMessage(failure), "pick-platform")
      : say(runTargetMessage(failure), "pick-platform", "build-options"),
  "push-unverified": (failure) =>
    say(
      vscode.l10n.t(
        "{0} was pushed, but ECR does not show its digest {1}.",
        failure.reference,
        failure.digest,
      ),
      "retry",
    ),
};

function configMessage({ digest, fault }: FailureOf<"config-unusable">): string {
  const { t } = vscode.l10n;
  switch (fault) {
    case "too-large":
      return t("The config {0} is larger than any image needs, and was not read.", digest);
    case "altered":
      return t("What came for the config {0} is not what its digest says.", digest);
    case "unsafe-address":
      return t("ECR names an address for the config {0} that is not https.", digest);
    case "none":
      return t("The manifest {0} names no config.", digest);
    case "withheld":
      return t(
        "The store behind ECR does not give the config {0}. A policy of a VPC endpoint for S3 may refuse it.",
        digest,
      );
  }
}
