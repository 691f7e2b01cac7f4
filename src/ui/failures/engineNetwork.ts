import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import type { Remedy } from "./remedies.js";

/** Says that the engine, and not VS Code, can't reach a registry, and which of its settings to see. */
export function engineUnreachableMessage(failure: FailureOf<"registry-unreachable">): string {
  const { t } = vscode.l10n;
  const { host, message, why } = failure;
  if (why === undefined) return t("The Docker Engine can't reach {0}: {1}", host, message);
  switch (why) {
    case "unknown-host":
      return t("The Docker Engine can't find {0}. Check its DNS and proxy settings.", host);
    case "refused":
      return t("The Docker Engine can't reach {0}: nothing listens there.", host);
    case "no-answer":
      return t(
        "{0} does not answer the Docker Engine in time. Check the engine's network and proxy.",
        host,
      );
    case "untrusted-certificate":
      return t(
        "The Docker Engine does not trust the certificate of {0}. A proxy that reads along shows its own: add its root to the engine's machine.",
        host,
      );
    case "no-tls":
      return t(
        "{0} answers the Docker Engine without TLS. The engine allows that for insecure-registries only.",
        host,
      );
    case "proxy":
      return t("The Docker Engine's proxy does not let it through to {0}: {1}", host, message);
    case "broken-off":
      return t("The connection of the Docker Engine with {0} broke off: {1}", host, message);
  }
}

/** Returns what helps against it, in the order of the buttons. */
export function remediesForEngineUnreachable({
  why,
}: FailureOf<"registry-unreachable">): readonly Remedy[] {
  return why === undefined || why === "refused" || why === "broken-off"
    ? ["retry"]
    : ["show-how", "retry"];
}
