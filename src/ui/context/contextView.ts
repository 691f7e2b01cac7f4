import * as vscode from "vscode";
import type {
  ContextContents,
  ContextNode,
  MeasureContext,
} from "../../core/context/contextContents.js";
import { isCancellation } from "../../core/errors.js";
import type { BuildRequest } from "../../core/enginePorts.js";
import { setContextKey } from "../contextKeys.js";
import { childRows, contextItem, type ContextRow } from "./contextRows.js";
import { amountText, contextSummary } from "./contextTexts.js";
import { writeIgnoreFile } from "./writeIgnoreFile.js";

/** What showing contexts needs. */
export interface ContextViewPorts {
  readonly measureContext: MeasureContext;
  readonly log: vscode.LogOutputChannel;
}

/** The view *Build Context*: what a build would send as a tree, biggest first; there when asked for. */
export class ContextView implements vscode.TreeDataProvider<ContextRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = vscode.window.createTreeView("ecr.buildContext", { treeDataProvider: this });
  #request: BuildRequest | undefined;
  #contents: ContextContents | undefined;
  #measuring = new AbortController();

  constructor(private readonly ports: ContextViewPorts) {}

  /** Opens the view and measures; returns when everything is shown. */
  async show(request: BuildRequest): Promise<void> {
    this.#request = request;
    this.#contents = undefined;
    this.#view.description = vscode.workspace.asRelativePath(request.context);
    this.#changed.fire(undefined);
    setContextKey("ecr.buildContext", "shown");
    await vscode.commands.executeCommand("ecr.buildContext.focus");
    await this.refresh();
  }

  /** Measures anew; a measurement under way ends. */
  async refresh(): Promise<void> {
    const request = this.#request;
    if (!request) return;
    this.#measuring.abort();
    const measuring = new AbortController();
    this.#measuring = measuring;
    const { signal } = measuring;
    const { t } = vscode.l10n;
    this.#view.message = t("Measuring…");
    const location = { viewId: "ecr.buildContext" };
    try {
      this.#contents = await vscode.window.withProgress({ location }, () =>
        this.ports.measureContext(
          request,
          (soFar) => {
            if (!signal.aborted) this.#view.message = t("{0} so far", amountText(soFar));
          },
          signal,
        ),
      );
      this.#view.message = contextSummary(this.#contents);
      this.#changed.fire(undefined);
    } catch (error) {
      if (isCancellation(error)) return;
      this.#view.message = t("It could not be measured.");
      throw error;
    }
  }

  /** Closes the view, and ends a measurement under way. */
  hide(): void {
    this.#measuring.abort();
    setContextKey("ecr.buildContext", "hidden");
  }

  /** Adds a row to the ignore file that is in force, then measures anew. */
  async ignore({ path }: ContextNode): Promise<void> {
    if (!this.#contents) return;
    await writeIgnoreFile(this.#contents.ignoreFile, [path]);
    this.ports.log.info(`added to ${this.#contents.ignoreFile}: ${path}`);
    await this.refresh();
  }

  /** Selects a row's file or folder in the Explorer. */
  async reveal({ path }: ContextNode): Promise<void> {
    if (!this.#contents) return;
    const uri = vscode.Uri.joinPath(vscode.Uri.file(this.#contents.root), path);
    await vscode.commands.executeCommand("revealInExplorer", uri);
  }

  getTreeItem(row: ContextRow): vscode.TreeItem {
    if (!this.#contents) throw new Error("a row without a context");
    return contextItem(row, this.#contents);
  }

  getChildren(row?: ContextRow): ContextRow[] {
    if (row) return "isRest" in row ? [] : childRows(row);
    return this.#contents ? childRows(this.#contents.tree) : [];
  }

  dispose(): void {
    this.#measuring.abort();
    this.#view.dispose();
    this.#changed.dispose();
  }
}
