import * as vscode from "vscode";
import type { ImageEngine, LocalImage } from "../core/enginePorts.js";
import { setContextKey } from "./contextKeys.js";
import { logFailure } from "./failureLog.js";
import { localImageFacts, localImageLabel } from "./pickLocalImage.js";
import { tooltipTable } from "./tooltipTable.js";
import { formatBytes, formatInstant } from "./quantities.js";

/** How long the engine may take to list its images. */
const LIST_TIMEOUT_MS = 30_000;

/** The engine's images, newest first. */
export class LocalImagesTree implements vscode.TreeDataProvider<LocalImage> {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly engine: () => Promise<ImageEngine>,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  getTreeItem(image: LocalImage): vscode.TreeItem {
    const item = new vscode.TreeItem(localImageLabel(image));
    item.id = image.id;
    item.description = localImageFacts(image);
    item.iconPath = new vscode.ThemeIcon("layers");
    item.contextValue = "localImage";
    item.accessibilityInformation = {
      label: vscode.l10n.t("Local image {0}, {1}", localImageLabel(image), localImageFacts(image)),
    };
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, image: LocalImage): vscode.TreeItem {
    const { t } = vscode.l10n;
    item.tooltip = tooltipTable(localImageLabel(image), [
      [t("Id"), image.id],
      [t("Names"), image.references.join(", ")],
      [t("Size"), formatBytes(image.sizeBytes)],
      [t("Created"), formatInstant(image.createdAt)],
    ]);
    return item;
  }

  getParent(): undefined {
    return undefined;
  }

  async getChildren(image?: LocalImage): Promise<LocalImage[]> {
    if (image) return [];
    try {
      const engine = await this.engine();
      const images = await engine.listImages(AbortSignal.timeout(LIST_TIMEOUT_MS));
      setContextKey("ecr.engineState", images.length > 0 ? "ready" : "no-images");
      return [...images];
    } catch (error) {
      logFailure(this.log, "list the engine's images", error);
      setContextKey("ecr.engineState", "no-engine");
      return [];
    }
  }

  /** Asks the engine anew. */
  refresh(): void {
    this.#changed.fire(undefined);
  }
}
