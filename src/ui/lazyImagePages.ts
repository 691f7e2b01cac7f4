import * as vscode from "vscode";
import type { RegistryLocation } from "../core/registry.js";
import type { ImagePages, ImagePagesPorts, PageType } from "./details/imagePages.js";

const TYPES: readonly PageType[] = ["ecr.image", "ecr.comparison"];

/** The pages of images, whose code loads when the first is opened. */
export interface LazyImagePages {
  readonly imagePages: () => Promise<ImagePages>;
  /** Reads the images of a repository anew that have a page. */
  readonly refreshPages: (location: RegistryLocation, repository: string) => void;
}

/**
 * Makes the pages of images, and brings those back that were open when the window was loaded anew;
 * all is kept until the extension ends.
 */
export function lazyImagePages(
  own: <T extends vscode.Disposable>(disposable: T) => T,
  ports: ImagePagesPorts,
): LazyImagePages {
  let loaded: Promise<ImagePages> | undefined;
  const imagePages = (): Promise<ImagePages> =>
    (loaded ??= import("./details/imagePages.js").then((module) =>
      own(new module.ImagePages(ports)),
    ));
  for (const type of TYPES) {
    const deserializeWebviewPanel = async (
      panel: vscode.WebviewPanel,
      state: unknown,
    ): Promise<void> => {
      (await imagePages()).restore(type, panel, state);
    };
    own(vscode.window.registerWebviewPanelSerializer(type, { deserializeWebviewPanel }));
  }
  const refreshPages = (location: RegistryLocation, repository: string): void => {
    void loaded?.then((pages) => {
      pages.refreshRepository(location, repository);
    });
  };
  return { imagePages, refreshPages };
}
