import * as vscode from "vscode";
import { pickOne } from "../pickOne.js";
import type { StepAnswer, StepPosition } from "../wizard.js";

/** The platform that an answer stands for; `engine` leaves it to the engine. */
export type PlatformChoice = "linux/amd64" | "linux/arm64" | "engine";

/** Asks which platform to build for; asks the engine for its own while the question shows. */
export async function pickPlatform(
  enginePlatform: () => Promise<string | undefined>,
  current: PlatformChoice | undefined,
  position: StepPosition,
): Promise<StepAnswer<PlatformChoice>> {
  return await pickOne<PlatformChoice>(position, {
    placeholder: vscode.l10n.t("Where will it run?"),
    isActive: (choice) => choice === current,
    load: async (show) => {
      show(platformItems(undefined));
      show(platformItems(await enginePlatform()));
    },
  });
}

function platformItems(enginePlatform: string | undefined): {
  label: string;
  description?: string;
  detail: string;
  iconPath: vscode.ThemeIcon;
  value: PlatformChoice;
}[] {
  const { t } = vscode.l10n;
  const iconPath = new vscode.ThemeIcon("chip");
  return [
    {
      label: t("Linux x86-64"),
      description: "linux/amd64",
      detail: t("The default of Fargate, ECS, EKS, Lambda and SageMaker"),
      iconPath,
      value: "linux/amd64",
    },
    {
      label: t("Linux ARM64"),
      description: "linux/arm64",
      detail: t("Graviton: Fargate, ECS, EKS and Lambda set to ARM64"),
      iconPath,
      value: "linux/arm64",
    },
    {
      label: t("This engine's platform"),
      ...(enginePlatform === undefined ? {} : { description: enginePlatform }),
      detail: t("Whatever the Docker Engine builds by itself"),
      iconPath: new vscode.ThemeIcon("vm"),
      value: "engine",
    },
  ];
}
