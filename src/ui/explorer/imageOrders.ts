import type * as vscode from "vscode";
import { type ImageOrder, parseImageOrder } from "../../core/images/imageOrder.js";
import { registryKey, type RegistryLocation } from "../../core/registry.js";

const STATE_KEY = "ecr.imageOrders";
/** Repositories whose order is remembered; the one that was chosen longest ago is forgotten first. */
const MOST = 200;

/** Remembers on this host in which order the images of a repository are shown. */
export class ImageOrders {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns the order of a repository; newest first unless somebody chose another. */
  of(location: RegistryLocation, repository: string): ImageOrder {
    return parseImageOrder(this.#all()[keyOf(location, repository)]);
  }

  /** Remembers the order of a repository. */
  async keep(location: RegistryLocation, repository: string, order: ImageOrder): Promise<void> {
    const key = keyOf(location, repository);
    const others = Object.entries(this.#all()).filter(([other]) => other !== key);
    const kept = order === "newest" ? others : [...others, [key, order] as const];
    await this.state.update(STATE_KEY, Object.fromEntries(kept.slice(-MOST)));
  }

  #all(): Readonly<Record<string, unknown>> {
    return this.state.get<Readonly<Record<string, unknown>>>(STATE_KEY, {});
  }
}

function keyOf(location: RegistryLocation, repository: string): string {
  return `${registryKey(location)} ${repository}`;
}
