import * as vscode from "vscode";
import type { ImagePages, ImagePagesPorts, PageType } from "./details/imagePages.js";

const TYPES: readonly PageType[] = ["ecr.image", "ecr.comparison"];

/**
 * Returns what loads the pages of images when the first is opened, and brings pages back after the
 * window was loaded anew; all is kept until the extension ends.
 */
export function lazyImagePages(
  own: <T extends vscode.Disposable>(disposable: T) => T,
  ports: ImagePagesPorts,
): () => Promise<ImagePages> {
  let loaded: Promise<ImagePages> | undefined;
  const pages = (): Promise<ImagePages> =>
    (loaded ??= import("./details/imagePages.js").then((module) =>
      own(new module.ImagePages(ports)),
    ));
  for (const type of TYPES) {
    const deserializeWebviewPanel = async (
      panel: vscode.WebviewPanel,
      state: unknown,
    ): Promise<void> => {
      (await pages()).restore(type, panel, state);
    };
    own(vscode.window.registerWebviewPanelSerializer(type, { deserializeWebviewPanel }));
  }
  return pages;
}
