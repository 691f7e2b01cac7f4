import * as vscode from "vscode";
import type { FailureOf } from "../../core/errors.js";

/** Says what needs an image, so that it stays. */
export function imageInUseMessage({ image, containers, by }: FailureOf<"image-in-use">): string {
  const { t } = vscode.l10n;
  const names = containers.join(", ");
  switch (by) {
    case "running-container":
      return t("{0} stays: a container that runs uses it ({1}). Stop it first.", image, names);
    case "stopped-container":
      return t("{0} stays: a container that is stopped uses it ({1}).", image, names);
    case "image":
      return t("{0} stays: other images are built on it.", image);
  }
}
