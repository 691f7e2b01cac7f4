import * as vscode from "vscode";
import type { ImageEngine, LocalImage } from "../../core/enginePorts.js";
import type { HeldImages } from "../../core/images/heldImages.js";
import { type EcrPlace, findInEcr, type SeenInEcr } from "../../core/images/inEcr.js";
import { setContextKey } from "../contextKeys.js";
import type { RegistriesView } from "../explorer/registriesView.js";
import { collectSeen } from "../explorer/seenImages.js";
import { logFailure } from "../failureLog.js";
import { localItem, localTooltip } from "./localImageItems.js";
import { isDangling, type LocalImageNode, type LocalImagesNode } from "./localImageNodes.js";

/** What the tree reads from. */
export interface LocalImagesTreePorts {
  readonly held: HeldImages;
  readonly engine: () => Promise<ImageEngine>;
  /** The registries, of which is told what was read; they are not asked. */
  readonly explorer: Pick<RegistriesView, "ifLoaded">;
  readonly log: vscode.LogOutputChannel;
}

/** How long the engine may take to tell platforms. */
const PLATFORMS_TIMEOUT_MS = 60_000;

/** The engine's images, newest first, and one row for those that nothing names. */
export class LocalImagesTree implements vscode.TreeDataProvider<LocalImagesNode> {
  readonly #changed = new vscode.EventEmitter<LocalImagesNode | undefined>();
  readonly #platforms = new Map<string, string>();
  readonly #checked = new Map<string, readonly EcrPlace[]>();
  #asking: Promise<void> | undefined;
  #roots: readonly LocalImagesNode[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly ports: LocalImagesTreePorts) {}

  getTreeItem(node: LocalImagesNode): vscode.TreeItem {
    return localItem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: LocalImagesNode): vscode.TreeItem {
    const tooltip = localTooltip(node);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  getParent(node: LocalImagesNode): LocalImagesNode | undefined {
    if (node.kind === "dangling" || !isDangling(node.image)) return undefined;
    return this.#roots.find(({ kind }) => kind === "dangling");
  }

  async getChildren(node?: LocalImagesNode): Promise<LocalImagesNode[]> {
    if (node?.kind === "localImage") return [];
    if (node) {
      void this.#readPlatforms(node.images);
      return node.images.map((image) => this.#nodeOf(image, []));
    }
    try {
      const images = await this.ports.held.read();
      setContextKey("ecr.engineState", images.length > 0 ? "ready" : "no-images");
      this.#roots = this.#rows(images);
      void this.#readPlatforms(images.filter((image) => !isDangling(image)));
    } catch (error) {
      logFailure(this.ports.log, "list the engine's images", error);
      setContextKey("ecr.engineState", "no-engine");
      this.#roots = [];
    }
    return [...this.#roots];
  }

  /** Draws the rows anew, out of what is known. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  /** Keeps what ECR has said of an image, until the engine's images are read anew. */
  keepCheck(imageId: string, places: readonly EcrPlace[]): void {
    this.#checked.set(imageId, places);
    this.redraw();
  }

  /** Forgets what ECR has said, which may be over. */
  forgetChecks(): void {
    this.#checked.clear();
  }

  /** Finds the row of an image by its id. */
  async findImage(imageId: string): Promise<LocalImageNode | undefined> {
    const roots = await this.getChildren();
    return roots.find(
      (node): node is LocalImageNode => node.kind === "localImage" && node.image.id === imageId,
    );
  }

  #rows(images: readonly LocalImage[]): readonly LocalImagesNode[] {
    const named = images.filter((image) => !isDangling(image));
    const dangling = images.filter(isDangling);
    const digests = named.flatMap((image) => [image.id, ...image.digests.map(digestOf)]);
    let seen: SeenInEcr = collectSeen([], new Set());
    this.ports.explorer.ifLoaded((tree) => {
      seen = tree.seen(new Set(digests));
    });
    const rows: LocalImagesNode[] = named.map((image) =>
      this.#nodeOf(image, this.#checked.get(image.id) ?? findInEcr(image, seen)),
    );
    if (dangling.length > 0) rows.push({ kind: "dangling", images: dangling });
    return rows;
  }

  #nodeOf(image: LocalImage, places: readonly EcrPlace[]): LocalImageNode {
    const platform = this.#platforms.get(image.id) || undefined;
    return { kind: "localImage", image, platform, places };
  }

  /** Reads the platforms that are not known yet: lists do not tell them, and they never change. */
  async #readPlatforms(images: readonly LocalImage[]): Promise<void> {
    if (this.#asking) return;
    const unknown = images.map(({ id }) => id).filter((id) => !this.#platforms.has(id));
    if (unknown.length === 0) return;
    this.#asking = this.#askPlatforms(unknown);
    try {
      await this.#asking;
    } catch (error) {
      // The rows are right without.
      logFailure(this.ports.log, "read the platforms of the engine's images", error);
    } finally {
      this.#asking = undefined;
    }
  }

  async #askPlatforms(ids: readonly string[]): Promise<void> {
    const engine = await this.ports.engine();
    const found = await engine.readPlatforms(ids, AbortSignal.timeout(PLATFORMS_TIMEOUT_MS));
    for (const id of ids) this.#platforms.set(id, found.get(id) ?? "");
    if (found.size > 0) this.redraw();
  }
}

function digestOf(pinned: string): string {
  return pinned.slice(pinned.indexOf("@") + 1);
}
