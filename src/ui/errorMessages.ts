import * as vscode from "vscode";
import type { Failure } from "../core/errors.js";
import { baseImageMessage, isForAws } from "./baseImageMessage.js";
import { buildFailedMessage } from "./buildFailedMessage.js";
import { builderLacksMessage } from "./builderLacksMessage.js";
import { cacheMessage, remediesForCache } from "./cacheFailures.js";
import { deniedMessage } from "./deniedMessage.js";
import { invalidInputMessage, optionName, remediesForInput } from "./inputFailures.js";
import { profileName } from "./loginNames.js";
import { agentMessage, missingMountMessage } from "./mountFailures.js";
import { platformMessage, remediesForPlatform } from "./platformFailures.js";
import type { Remedy } from "./remedies.js";
import { signInMessage } from "./signInFailures.js";
import { withoutLinks } from "./withoutLinks.js";

/** What the user reads about a failure, and the remedies in the order of their buttons. */
export interface Explanation {
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

/** Turns a failure into one sentence (or two) and its remedies; the only place that does. */
export function explain(failure: Failure): Explanation {
  const { t } = vscode.l10n;
  switch (failure.kind) {
    case "docker-unavailable":
      return say(
        t("No Docker Engine answers at {0}. Start Docker and try again.", failure.endpoint),
        "retry",
      );
    case "docker-permission-denied":
      return say(
        t(
          "This user may not open {0}. Add the user to the group that owns the socket (often docker), then sign in to the system anew.",
          failure.endpoint,
        ),
        "retry",
      );
    case "docker-context-invalid":
      return say(
        t("The Docker context {0} can't be used: {1}.", failure.name, failure.reason),
        "retry",
      );
    case "docker-failed":
      return say(
        t("The Docker Engine refused: {0} ({1}).", failure.message, failure.operation),
        "retry",
      );
    case "engine-disk-full":
      return say(
        t(
          "The Docker Engine's disk is full ({0}). Remove images or build cache that are no longer needed, then try again.",
          failure.operation,
        ),
        "show-how",
        "retry",
      );

    case "credentials-missing":
      return failure.profile === undefined
        ? say(t("No AWS credentials found on this host."), "choose-registry")
        : say(
            t("Profile {0} has no AWS credentials on this host.", failure.profile),
            "choose-registry",
          );
    case "credentials-expired":
      return say(
        t("The AWS session of {0} has ended.", profileName(failure.profile)),
        "sign-in",
        "retry",
      );
    case "sign-in-denied":
    case "sign-in-timed-out":
    case "sign-in-failed":
    case "sign-in-unsaved":
      return say(signInMessage(failure), "retry");
    case "credentials-rejected":
      return say(
        t("AWS does not accept the access key of {0}.", profileName(failure.profile)),
        "choose-registry",
        "retry",
      );
    case "profile-not-found":
      return say(
        t("There is no profile {0} in the AWS config files on this host.", failure.profile),
        "choose-registry",
      );
    case "region-missing":
      return say(
        t("No AWS region is set for {0}.", profileName(failure.profile)),
        "choose-registry",
      );
    case "aws-unreachable":
      return say(
        t(
          "VS Code can't reach {0}. Check the region ({1}), the network and the proxy.",
          failure.host,
          failure.region,
        ),
        "retry",
        "choose-registry",
      );
    case "access-denied":
      return say(
        deniedMessage(failure),
        ...(failure.action ? ["copy-policy" as const] : []),
        "retry",
      );
    case "throttled":
      return say(
        t("AWS asks for fewer requests ({0}). Try again in a moment.", failure.operation),
        "retry",
      );
    case "limit-exceeded":
      return say(t("An ECR limit is reached: {0}", failure.message), "retry");
    case "aws-failed":
      return say(
        t("ECR answered {0} with an error: {1}", failure.operation, failure.message),
        "retry",
      );

    case "token-expired":
      return say(t("The login token for {0} has ended.", failure.host), "retry");
    case "registry-unauthorized":
      return say(
        t("{0} does not accept the login token.", failure.host),
        "retry",
        "choose-registry",
      );
    case "registry-unavailable":
      return say(t("{0} answers with an error: {1}", failure.host, failure.message), "retry");
    case "registry-unreachable":
      return say(
        t("The Docker Engine can't reach {0}: {1}", failure.host, failure.message),
        "retry",
      );

    case "repository-not-found":
      return say(
        failure.registryId === undefined
          ? t("There is no repository {0} in this registry.", failure.repository)
          : t(
              "There is no repository {0} in registry {1}.",
              failure.repository,
              failure.registryId,
            ),
        "create-and-push",
        "pick-repository",
      );
    case "repository-exists":
      return say(t("A repository {0} exists already.", failure.repository));
    case "tag-immutable":
      return say(
        t("{0}:{1} exists and its tag can't move.", failure.repository, failure.tag),
        "pick-tag",
      );
    case "image-not-found":
      return say(t("There is no image {0}.", failure.reference));

    case "invalid-input":
      return say(invalidInputMessage(failure), ...remediesForInput(failure.field));
    case "dockerfile-unreadable":
      return say(t("{0} can't be read: {1}.", failure.path, failure.reason), "retry");
    case "dockerfile-empty":
      return say(t("{0} holds no instruction.", failure.path), "open-dockerfile");
    case "context-unreadable":
      return say(
        t(
          "{0} can't be read: {1}. Exclude it in .dockerignore, or make it readable.",
          failure.path,
          failure.reason,
        ),
        "retry",
      );
    case "ignore-file-unwritable":
      return say(t("{0} can't be written: {1}.", failure.path, failure.reason), "retry");
    case "build-failed":
      return say(buildFailedMessage(failure), "open-dockerfile", "retry");
    case "base-image-unauthorized":
      return say(
        baseImageMessage(failure),
        "open-dockerfile",
        ...(isForAws(failure) ? ["choose-registry" as const] : []),
        "retry",
      );
    case "base-image-denied":
      return say(
        baseImageMessage(failure),
        "open-dockerfile",
        ...(failure.login?.kind === "aws" ? ["copy-policy" as const] : []),
        "retry",
      );
    case "base-image-not-found":
      return say(baseImageMessage(failure), "open-dockerfile", "retry");
    case "cache-unauthorized":
    case "cache-denied":
    case "cache-repository-not-found":
      return say(cacheMessage(failure), ...remediesForCache(failure));
    case "secret-missing":
    case "ssh-agent-missing":
      return say(missingMountMessage(failure), "build-options", "open-dockerfile");
    case "build-option-invalid":
      return say(
        t("{0} {1} can't be used: {2}.", optionName(failure.option), failure.name, failure.reason),
        "build-options",
        "retry",
      );
    case "builder-lacks":
      return say(builderLacksMessage(failure), "build-options", "retry");
    case "platforms-unsupported":
    case "emulator-missing":
      return say(platformMessage(failure), ...remediesForPlatform(failure));
    case "ssh-agent-unavailable":
      return say(agentMessage(failure), "retry");
    case "session-lost":
      return say(
        t(
          "A connection of the build broke off, though the Docker Engine still answers: {0}.",
          failure.reason,
        ),
        "retry",
      );
    case "push-failed":
      return say(t("{0} was not pushed: {1}", failure.reference, failure.message), "retry");
    case "stream-truncated":
      return say(
        t("The Docker Engine stopped answering before the end of: {0}.", failure.operation),
        "retry",
      );
    case "push-unverified":
      return say(
        t(
          "{0} was pushed, but ECR does not show its digest {1}.",
          failure.reference,
          failure.digest,
        ),
        "retry",
      );
    case "unexpected":
      return say(t("Something unforeseen went wrong: {0}", failure.message), "retry");
  }
}

function say(message: string, ...remedies: Remedy[]): Explanation {
  return { message: withoutLinks(message), remedies };
}
