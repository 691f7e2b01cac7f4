import * as vscode from "vscode";
import type { RunTarget } from "../core/push/runTarget.js";

/** Names where an image will run, as people say it. */
export function runTargetName(target: RunTarget): string {
  const { t } = vscode.l10n;
  switch (target) {
    case "containers-amd64":
      return t("Fargate, ECS or EKS on x86-64");
    case "containers-arm64":
      return t("Fargate, ECS or EKS on ARM64");
    case "lambda-amd64":
      return t("Lambda on x86-64");
    case "lambda-arm64":
      return t("Lambda on ARM64");
    case "sagemaker":
      return t("SageMaker");
    case "anything":
      return t("Anything");
  }
}
