import * as vscode from "vscode";
import { tryParseEcrHost } from "../../core/ecrHost.js";
import type { Failure } from "../../core/errors.js";
import { holderName } from "../loginNames.js";
import type { Remedy } from "./remedies.js";

type CacheFailure = Extract<
  Failure,
  { kind: "cache-unauthorized" | "cache-denied" | "cache-repository-not-found" }
>;

/** Says why a registry did not take the cache of a build, from whom, and what came of the image. */
export function cacheMessage(failure: CacheFailure): string {
  const sentence = cacheSentence(failure);
  return failure.isImagePushed
    ? vscode.l10n.t("{0} The image itself was pushed.", sentence)
    : sentence;
}

function cacheSentence(failure: CacheFailure): string {
  const { t } = vscode.l10n;
  const { reference, host, repository, login } = failure;
  switch (failure.kind) {
    case "cache-unauthorized":
      return login
        ? t(
            "The build cache {0} was not kept: {1} does not accept the login of {2}.",
            reference,
            host,
            holderName(login),
          )
        : t("The build cache {0} was not kept: {1} wants a login.", reference, host);
    case "cache-denied": {
      const { action, principal } = failure;
      const who = principal ?? (login ? holderName(login) : t("this identity"));
      return action === undefined
        ? t("The build cache {0} was not kept: {1} may not write there.", reference, who)
        : t("The build cache {0} was not kept: {1} may not do {2} there.", reference, who, action);
    }
    case "cache-repository-not-found":
      return t(
        "The build cache {0} was not kept: there is no repository {1} at {2}. Create it, then try again.",
        reference,
        repository,
        host,
      );
  }
}

/** Returns what helps against it, in the order of the buttons. */
export function remediesForCache({ kind, host, login }: CacheFailure): readonly Remedy[] {
  const isForAws = login ? login.kind === "aws" : tryParseEcrHost(host) !== undefined;
  if (kind === "cache-unauthorized" && isForAws) {
    return ["choose-registry", "build-options", "retry"];
  }
  return kind === "cache-denied" && isForAws
    ? ["copy-policy", "build-options", "retry"]
    : ["build-options", "retry"];
}
