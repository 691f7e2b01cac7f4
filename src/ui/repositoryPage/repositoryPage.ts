import * as vscode from "vscode";
import { isCancellation } from "../../core/errors.js";
import { readRepositoryParts } from "../../core/repositories/repositoryFacts/readRepositoryParts.js";
import type { Registry } from "../../core/ports.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import { readOutcome } from "../lifecycle/readOutcome.js";
import { type ActionsOf, pressRemedy } from "../details/partBlocks.js";
import { Page } from "../pages/page.js";
import type { PageEvent } from "../pages/pageModel.js";
import { registryLabel } from "../registryLabel.js";
import { COPY_POLICY_ACTION } from "./accessBlocks.js";
import { lifecycleActions } from "./lifecycleBlocks.js";
import {
  headActions,
  makeHead,
  makeSection,
  outcomeOf,
  type RepositoryState,
  SECTIONS,
  SECTIONS_OF,
  type SectionId,
} from "./repositoryModel.js";

/** What the page of a repository works with. */
export interface RepositoryPageOptions {
  readonly extensionUri: vscode.Uri;
  readonly openRegistry: () => Promise<Registry>;
  /** What the buttons of a failed part do; `again` reads everything anew. */
  readonly actionsOf: (
    failure: Parameters<ActionsOf>[0],
    again: () => void,
  ) => ReturnType<ActionsOf>;
  readonly editLifecycle: () => unknown;
  readonly cleanUp: () => unknown;
  readonly onClosed: () => void;
}

/** The page of a repository: each part appears when it is read, and degrades by itself. */
export class RepositoryPage implements vscode.Disposable {
  readonly #page: Page;
  #state: RepositoryState;
  #reading = new AbortController();
  #previewing = new AbortController();

  constructor(
    private readonly node: RepositoryNode,
    private readonly options: RepositoryPageOptions,
  ) {
    const { name } = node.repository;
    this.#state = {
      name,
      registry: `${registryLabel(node.location)} · ${node.repository.registryId}`,
      isReading: true,
      parts: {},
      preview: { state: "none" },
    };
    const panel = vscode.window.createWebviewPanel(
      "ecr.repository",
      name,
      vscode.ViewColumn.Active,
      { enableScripts: true },
    );
    this.#page = new Page(panel, {
      extensionUri: options.extensionUri,
      title: name,
      onEvent: (event) => {
        this.#hear(event);
      },
      onClosed: () => {
        this.#reading.abort();
        this.#previewing.abort();
        options.onClosed();
      },
    });
    void this.refresh();
  }

  /** Brings the page to the front. */
  show(): void {
    this.#page.show();
  }

  /** Reads everything anew; what was read before stays until then. */
  async refresh(): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#change({ isReading: true });
    try {
      const registry = await this.options.openRegistry();
      await readRepositoryParts(registry, this.#state.name, reading.signal, (id, outcome) => {
        if (reading.signal.aborted) return;
        const parts = { ...this.#state.parts, [id]: outcome };
        this.#change({ parts }, ...SECTIONS_OF[id]);
      });
    } catch (error) {
      // A newer reading, or nobody who looks, ends this one.
      if (isCancellation(error)) return;
      const failed = { state: "failed", error } as const;
      this.#change({ parts: { ...this.#state.parts, contents: failed } }, "storage");
    }
    if (this.#reading === reading) this.#change({ isReading: false }, ...SECTIONS);
  }

  dispose(): void {
    this.#page.dispose();
  }

  #change(news: Partial<RepositoryState>, ...sections: readonly SectionId[]): void {
    this.#state = { ...this.#state, ...news };
    this.#draw(sections);
  }

  #draw(sections: readonly SectionId[]): void {
    const now = new Date();
    this.#page.send({ type: "head", head: makeHead(this.#state) });
    for (const id of sections) {
      const section = makeSection(id, this.#state, this.#actionsOf, now);
      this.#page.send({ type: "section", section });
    }
  }

  readonly #actionsOf: ActionsOf = (failure) =>
    this.options.actionsOf(failure, () => void this.refresh());

  #hear(event: PageEvent): void {
    if (event.type === "ready") this.#draw(SECTIONS);
    if (event.type === "press") this.#press(event.action);
  }

  #press(action: string): void {
    switch (action) {
      case headActions.refresh:
        void this.refresh();
        break;
      case headActions.cleanUp:
        this.options.cleanUp();
        break;
      case headActions.copy:
        void copy(this.node.repository.uri);
        break;
      case COPY_POLICY_ACTION: {
        const policy = this.#state.parts.repositoryPolicy;
        if (policy?.state === "known" && policy.value !== undefined) void copy(policy.value);
        break;
      }
      case lifecycleActions.edit:
        this.options.editLifecycle();
        break;
      case lifecycleActions.preview:
        void this.#preview();
        break;
      case lifecycleActions.stop:
        this.#previewing.abort();
        break;
      default:
        pressRemedy(action, (part) => outcomeOf(this.#state, part), this.#actionsOf);
    }
  }

  /** Tries the policy out, and shows what it would do. */
  async #preview(): Promise<void> {
    const policy = this.#state.parts.lifecyclePolicy;
    if (policy?.state !== "known" || policy.value === undefined) return;
    this.#previewing.abort();
    const { signal } = (this.#previewing = new AbortController());
    const report = (text: string): void => {
      if (!signal.aborted) this.#change({ preview: { state: "at-work", text } }, "lifecycle");
    };
    try {
      const registry = await this.options.openRegistry();
      const { name } = this.#state;
      const outcome = await readOutcome(registry, name, policy.value, report, signal);
      this.#change({ preview: { state: "known", outcome } }, "lifecycle");
    } catch (error) {
      const preview = isCancellation(error)
        ? ({ state: "none" } as const)
        : ({ state: "failed", error } as const);
      // A newer preview has its own state.
      if (this.#previewing.signal === signal) this.#change({ preview }, "lifecycle");
    }
  }
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 3000);
}
