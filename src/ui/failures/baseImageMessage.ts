import * as vscode from "vscode";
import { tryParseEcrHost } from "../../core/ecrHost.js";
import type { Failure } from "../../core/errors.js";
import type { LoginOwner } from "../../core/login/loginOwner.js";
import { holderName } from "../loginNames.js";

type BaseImageFailure = Extract<Failure, { readonly kind: `base-image-${string}` }>;

/** Says why a registry did not give a base image, to whom, and what mends it. */
export function baseImageMessage(failure: BaseImageFailure): string {
  const { t } = vscode.l10n;
  const { host, login, line } = failure;
  const image = line === undefined ? failure.image : t("{0} (line {1})", failure.image, line);
  switch (failure.kind) {
    case "base-image-unauthorized":
      return unauthorizedMessage(host, image, login);
    case "base-image-denied": {
      const who = failure.principal ?? (login && holderName(login));
      return who === undefined
        ? t("{0} does not give the base image {1} without a login.", host, image)
        : t("The base image {0} is denied to {1}.", image, who);
    }
    case "base-image-not-found":
      return login === undefined
        ? t("{0} has no base image {1}, or shows it only after a login.", host, image)
        : t("{0} has no base image {1}, or hides it from {2}.", host, image, holderName(login));
    case "base-image-platform-missing":
      return failure.platform === undefined
        ? t("{0} has the base image {1} for other platforms only.", host, image)
        : t("{0} has the base image {1}, but not for {2}.", host, image, failure.platform);
  }
}

/** Tells whether another profile could bring the login that the registry wants. */
export function isForAws({ host, login }: BaseImageFailure): boolean {
  return login ? login.kind === "aws" : tryParseEcrHost(host) !== undefined;
}

function unauthorizedMessage(host: string, image: string, login: LoginOwner | undefined): string {
  const { t } = vscode.l10n;
  if (login) {
    return login.kind === "docker"
      ? t(
          "{0} does not accept the Docker login of {1} for the base image {2}.",
          host,
          login.username,
          image,
        )
      : t(
          "{0} does not accept the login token of {1} for the base image {2}.",
          host,
          holderName(login),
          image,
        );
  }
  return tryParseEcrHost(host)
    ? t(
        "{0} wants a login for the base image {1}, and the AWS credentials gave none. The log says why.",
        host,
        image,
      )
    : t("{0} wants a login for the base image {1}. Sign in with: docker login {0}", host, image);
}
