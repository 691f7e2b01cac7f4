import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import type { Remedy } from "./remedies.js";

type PlatformFailure = Extract<Failure, { kind: "platforms-unsupported" | "emulator-missing" }>;

/** Says which platforms the engine can't build, and what would change that. */
export function platformMessage(failure: PlatformFailure): string {
  const { t } = vscode.l10n;
  const platforms = failure.platforms.join(", ");
  if (failure.kind === "platforms-unsupported") {
    return failure.imageStore === "classic"
      ? t(
          "The engine builds for one platform at a time: {0}. Choose one of {1}, or turn on the containerd image store.",
          failure.reason,
          platforms,
        )
      : t(
          "The engine builds for one platform at a time: {0}. Choose one of {1}.",
          failure.reason,
          platforms,
        );
  }
  return failure.step === undefined || failure.line === undefined
    ? t(
        "The engine can't run a program made for {0}. Install an emulator, or choose the engine's own platform.",
        platforms,
      )
    : t(
        "The engine can't run the program of line {0} ({1}), which is made for {2}. Install an emulator, or choose the engine's own platform.",
        failure.line,
        failure.step,
        platforms,
      );
}

/** Returns what helps against it, in the order of the buttons. */
export function remediesForPlatform(failure: PlatformFailure): readonly Remedy[] {
  if (failure.kind === "emulator-missing") return ["show-how", "pick-platform", "open-dockerfile"];
  return failure.imageStore === "classic"
    ? ["pick-platform", "show-how", "retry"]
    : ["pick-platform", "retry"];
}
