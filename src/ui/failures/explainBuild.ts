import * as vscode from "vscode";
import type { BuildFailures } from "../../core/failures/buildFailures.js";
import { baseImageMessage, isForAws } from "./baseImageMessage.js";
import { buildFailedMessage } from "./buildFailedMessage.js";
import { builderLacksMessage } from "./builderLacksMessage.js";
import { cacheMessage, remediesForCache } from "./cacheFailures.js";
import { type Explanations, say } from "./explanation.js";
import { optionName } from "./inputFailures.js";
import { agentMessage, missingMountMessage } from "./mountFailures.js";
import { platformMessage, remediesForPlatform } from "./platformFailures.js";

/** The sentences and remedies of failures with a build and what it reads. */
export const buildExplanations: Explanations<keyof BuildFailures> = {
  "dockerfile-unreadable": (failure) =>
    say(vscode.l10n.t("{0} can't be read: {1}.", failure.path, failure.reason), "retry"),
  "dockerfile-empty": (failure) =>
    say(vscode.l10n.t("{0} holds no instruction.", failure.path), "open-dockerfile"),
  "context-unreadable": (failure) =>
    say(
      vscode.l10n.t(
        "{0} can't be read: {1}. Exclude it in .dockerignore, or make it readable.",
        failure.path,
        failure.reason,
      ),
      "retry",
    ),
  "ignore-file-unwritable": (failure) =>
    say(vscode.l10n.t("{0} can't be written: {1}.", failure.path, failure.reason), "retry"),
  "build-failed": (failure) => say(buildFailedMessage(failure), "open-dockerfile", "retry"),
  "base-image-unauthorized": (failure) =>
    say(
      baseImageMessage(failure),
      "open-dockerfile",
      ...(isForAws(failure) ? ["choose-registry" as const] : []),
      "retry",
    ),
  "base-image-denied": (failure) =>
    say(
      baseImageMessage(failure),
      "open-dockerfile",
      ...(failure.login?.kind === "aws" ? ["copy-policy" as const] : []),
      "retry",
    ),
  "base-image-not-found": (failure) => say(baseImageMessage(failure), "open-dockerfile", "retry"),
  "base-image-platform-missing": (failure) =>
    say(baseImageMessage(failure), "pick-platform", "open-dockerfile", "retry"),
  "cache-unauthorized": (failure) => say(cacheMessage(failure), ...remediesForCache(failure)),
  "cache-denied": (failure) => say(cacheMessage(failure), ...remediesForCache(failure)),
  "cache-repository-not-found": (failure) =>
    say(cacheMessage(failure), ...remediesForCache(failure)),
  "secret-missing": (failure) =>
    say(missingMountMessage(failure), "build-options", "open-dockerfile"),
  "ssh-agent-missing": (failure) =>
    say(missingMountMessage(failure), "build-options", "open-dockerfile"),
  "build-option-invalid": (failure) =>
    say(
      vscode.l10n.t(
        "{0} {1} can't be used: {2}.",
        optionName(failure.option),
        failure.name,
        failure.reason,
      ),
      "build-options",
      "retry",
    ),
  "builder-lacks": (failure) => say(builderLacksMessage(failure), "build-options", "retry"),
  "platforms-unsupported": (failure) =>
    say(platformMessage(failure), ...remediesForPlatform(failure)),
  "emulator-missing": (failure) => say(platformMessage(failure), ...remediesForPlatform(failure)),
  "ssh-agent-unavailable": (failure) => say(agentMessage(failure), "retry"),
  "session-lost": (failure) =>
    say(
      vscode.l10n.t(
        "A connection of the build broke off, though the Docker Engine still answers: {0}.",
        failure.reason,
      ),
      "retry",
    ),
};
