import * as vscode from "vscode";
import { AWS_REGIONS } from "../../core/awsRegions.js";
import type { FailureOf } from "../../core/errors.js";
import type { Remedy } from "./remedies.js";

/** Says that VS Code, and not the engine, can't reach AWS, and what to look at. */
export function unreachableMessage(failure: FailureOf<"aws-unreachable">): string {
  const { t } = vscode.l10n;
  const { host, region, why } = failure;
  if (isUnknownRegion(failure)) {
    return t(
      "VS Code can't find {0}, and AWS lists no region {1}. Check its spelling.",
      host,
      region,
    );
  }
  if (why === undefined) {
    return t(
      "VS Code can't reach {0}. Check the region ({1}), the network and the proxy.",
      host,
      region,
    );
  }
  switch (why) {
    case "unknown-host":
      return t(
        "VS Code can't find {0}. Check the network and the proxy, and the region ({1}).",
        host,
        region,
      );
    case "refused":
      return t("VS Code can't reach {0}: nothing listens there. Check the endpoint.", host);
    case "broken-off":
      return t("{0} broke off the connection with VS Code. Check the network and the proxy.", host);
    case "no-answer":
      return t("{0} does not answer VS Code. Check the network and the proxy.", host);
  }
}

/** Returns what helps against it, in the order of the buttons. */
export function remediesForUnreachable(failure: FailureOf<"aws-unreachable">): readonly Remedy[] {
  if (isUnknownRegion(failure)) return ["choose-registry", "retry"];
  return failure.why === undefined
    ? ["retry", "choose-registry"]
    : ["retry", "open-setting", "choose-registry"];
}

/** Says why this machine does not trust a certificate, and who may have put it there. */
export function certificateMessage(failure: FailureOf<"certificate-untrusted">): string {
  const { t } = vscode.l10n;
  const { host, problem } = failure;
  switch (problem) {
    case "untrusted":
      return t(
        "VS Code does not trust the certificate of {0}. A proxy or a virus scanner that reads along shows its own: add its root to the system's certificates.",
        host,
      );
    case "other-host":
      return t(
        "The certificate that VS Code is shown for {0} is of another host. A proxy may answer in its place.",
        host,
      );
    case "dates":
      return t(
        "The certificate of {0} is not valid at this time. Check this machine's clock, and a proxy in between.",
        host,
      );
    case "no-tls":
      return t("{0} answers VS Code without TLS. Check the endpoint and the proxy.", host);
  }
}

/** AWS makes a name for each of its regions alone; a custom endpoint may have any name. */
function isUnknownRegion({ host, region, why }: FailureOf<"aws-unreachable">): boolean {
  const isTold = why === "unknown-host" && host.includes(`.${region}.`);
  return isTold && !AWS_REGIONS.some(({ id }) => id === region);
}
