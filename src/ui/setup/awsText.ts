import * as vscode from "vscode";
import type { CheckFacts } from "../../core/setup/check.js";
import { formatDuration, formatSpan } from "../quantities.js";

/** Says how long the AWS session lasts, and against what. */
export function sessionText({
  renewsItself,
  remainingMs,
  lastPushMs,
}: CheckFacts["session"]): string {
  const { t } = vscode.l10n;
  // Access keys have no end at all, so that nothing renews them.
  if (renewsItself && remainingMs === undefined) return t("It needs no renewal by hand.");
  if (renewsItself) return t("It renews itself.");
  if (remainingMs === undefined) return t("It has no end that is known.");
  const left = formatSpan(remainingMs);
  if (lastPushMs === undefined) return t("It ends in {0}.", left);
  return t("It ends in {0}; the last push took {1}.", left, formatDuration(lastPushMs));
}

/** Says how far this machine's clock is from AWS's. */
export function clockText(skewMs: number): string {
  const { t } = vscode.l10n;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  // AWS tells its time to the second, and the answer travels.
  if (seconds <= 2) return t("It agrees with AWS's.");
  return skewMs > 0
    ? t("It is {0} s ahead of AWS's, which refuses more than 300 s.", seconds)
    : t("It is {0} s behind AWS's, which refuses more than 300 s.", seconds);
}

/** Says which way requests take and whose certificates they trust. */
export function networkText({ proxy, certificates, isStrict }: CheckFacts["network"]): string {
  const { t } = vscode.l10n;
  const way = proxy
    ? t("The proxy {0} is set by {1}.", proxy.address, proxy.from)
    : t("No proxy is set.");
  if (!isStrict) {
    return t("{0} Certificates are not checked, so that others can read along.", way);
  }
  return certificates.length === 0
    ? way
    : t("{0} Certificates to trust also come from {1}.", way, certificates.join(", "));
}
