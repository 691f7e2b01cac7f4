import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";
import { rulesOf } from "../../core/push/runTarget.js";
import { runTargetName } from "../runTargetName.js";

/** Says why an image can't run where it is meant to, and whether ECR has it all the same. */
export function runTargetMessage(failure: FailureOf<"run-target-unfit">): string {
  const { t } = vscode.l10n;
  const reason = reasonOf(failure);
  return failure.isPushed ? t("{0} It is in ECR all the same.", reason) : reason;
}

function reasonOf({ name, target, misfit }: FailureOf<"run-target-unfit">): string {
  const { t } = vscode.l10n;
  const place = runTargetName(target);
  const { platform = "", manifest } = rulesOf(target);
  switch (misfit.found) {
    case "platforms": {
      const platforms = misfit.platforms.join(", ");
      return manifest === "any"
        ? t("{0} is for {1}, and {2} needs {3}.", name, platforms, place, platform)
        : t("{0} is for {1}, and {2} needs {3} alone.", name, platforms, place, platform);
    }
    case "index":
      return t("{0} is an index of several manifests, and {1} needs a single one.", name, place);
    case "media-type":
      return t(
        "{0} has a manifest of type {1}, and {2} needs Docker's own.",
        name,
        misfit.mediaType,
        place,
      );
  }
}
