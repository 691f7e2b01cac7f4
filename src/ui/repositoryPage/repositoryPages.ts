import * as vscode from "vscode";
import { registryKey } from "../../core/registry.js";
import { type AskNodePorts, askRepositoryNode } from "../askNode.js";
import { commandIds } from "../commandIds.js";
import type { ErrorBoundary } from "../errorBoundary.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import { commonActions } from "../failures/offerRemedies.js";
import { RepositoryPage } from "./repositoryPage.js";

/** What opening the page of a repository needs. */
export interface RepositoryPagesPorts extends AskNodePorts {
  readonly boundary: ErrorBoundary;
  readonly extension: Pick<vscode.Extension<unknown>, "extensionUri">;
}

/** Opens the pages of repositories, one for each. */
export class RepositoryPages implements vscode.Disposable {
  readonly #open = new Map<string, RepositoryPage>();

  constructor(private readonly ports: RepositoryPagesPorts) {}

  /** *Show Repository*: brings its page to the front, and reads it anew. */
  async show(title: string, target: RepositoryNode | undefined): Promise<void> {
    const node = target ?? (await askRepositoryNode(this.ports, title));
    if (!node) return;
    const key = JSON.stringify([registryKey(node.location), node.repository.name]);
    const open = this.#open.get(key);
    if (open) {
      open.show();
      void open.refresh();
      return;
    }
    this.#open.set(key, this.#make(node, key));
  }

  dispose(): void {
    for (const page of this.#open.values()) page.dispose();
  }

  #make(node: RepositoryNode, key: string): RepositoryPage {
    const { registries, boundary, extension } = this.ports;
    const run = (id: string) => (): Thenable<unknown> => vscode.commands.executeCommand(id, node);
    return new RepositoryPage(node, {
      extensionUri: extension.extensionUri,
      openRegistry: () => registries.open(node.location),
      actionsOf: (failure, again) => ({
        ...commonActions(failure, again),
        ...boundary.signInAction(failure, again),
        retry: again,
      }),
      editLifecycle: run(commandIds.editLifecycle),
      cleanUp: run(commandIds.cleanUpImages),
      onClosed: () => {
        this.#open.delete(key);
      },
    });
  }
}
