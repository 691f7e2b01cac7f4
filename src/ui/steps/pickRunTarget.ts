import * as vscode from "vscode";
import { RUN_TARGETS, type RunTarget, rulesOf } from "../../core/push/runTarget.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { runTargetName } from "../runTargetName.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** Asks where the image will run; asks the engine for its own platform while the question shows. */
export async function pickRunTarget(
  enginePlatform: () => Promise<string | undefined>,
  current: RunTarget | undefined,
  position: StepPosition,
): Promise<StepAnswer<RunTarget>> {
  return await pickOne<RunTarget>(position, {
    placeholder: vscode.l10n.t("Where will it run?"),
    isActive: (target) => target === current,
    load: async (show) => {
      show(RUN_TARGETS.map((target) => targetItem(target, undefined)));
      const platform = await enginePlatform();
      show(RUN_TARGETS.map((target) => targetItem(target, platform)));
    },
  });
}

function targetItem(target: RunTarget, enginePlatform: string | undefined): ChoiceItem<RunTarget> {
  const { t } = vscode.l10n;
  const { platform = enginePlatform } = rulesOf(target);
  // Said here, since what was built for the engine's own platform fails elsewhere, and late.
  const isForeign = enginePlatform !== undefined && !enginePlatform.startsWith(platform ?? "");
  const description = isForeign
    ? t("{0}, emulated on this engine ({1})", platform ?? "", enginePlatform)
    : platform;
  return {
    label: target === "anything" ? t("Anything, on this engine's platform") : runTargetName(target),
    ...(description === undefined ? {} : { description }),
    detail: purposeOf(target),
    iconPath: new vscode.ThemeIcon(ICONS[target]),
    value: target,
  };
}

function purposeOf(target: RunTarget): string {
  const { t } = vscode.l10n;
  switch (target) {
    case "containers-amd64":
      return t("What these run unless they are told otherwise");
    case "containers-arm64":
      return t("Tasks and nodes on Graviton");
    case "lambda-amd64":
    case "lambda-arm64":
      return t("A single image without attestations, as Lambda takes no other");
    case "sagemaker":
      return t("A single image with Docker's own manifest, as SageMaker takes no other");
    case "anything":
      return t("Nothing is checked");
  }
}

const ICONS: Readonly<Record<RunTarget, string>> = {
  "containers-amd64": "server",
  "containers-arm64": "server",
  "lambda-amd64": "symbol-function",
  "lambda-arm64": "symbol-function",
  sagemaker: "beaker",
  anything: "vm",
};
