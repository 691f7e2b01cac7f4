import * as vscode from "vscode";
import { type Check, type CheckId } from "../../core/setup/check.js";
import { checkSetup, listChecks } from "../../core/setup/checkSetup.js";
import type { SetupPorts, SetupSubject } from "../../core/setup/setupPorts.js";
import { isCancellation } from "../../core/errors.js";
import type { RemedyActions } from "../failures/remedies.js";
import { setupHtml } from "./setupHtml.js";
import { makeSetupModel, type SetupModel, setupText } from "./setupModel.js";

/** What one look at the setup is about, and what its buttons do. */
export interface SetupLook {
  readonly ports: SetupPorts;
  readonly subject: SetupSubject;
  /** The Dockerfile as people know it; undefined where the look is about none. */
  readonly dockerfile: string | undefined;
  /** What the buttons of a check do; `again` looks once more. */
  readonly actionsOf: (check: Check, again: () => void) => RemedyActions;
}

/** What the page works with. */
export interface SetupPageOptions {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Prepares a look; called for each one, as all may have changed since the last. */
  readonly prepare: () => Promise<SetupLook>;
  /** The first lines of the text that is copied. */
  readonly head: readonly string[];
}

/** The page *Check My Setup*: a line for each check, filled in as they end. */
export class SetupPage implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #done = new Map<CheckId, Check>();
  #look: SetupLook | undefined;
  #running = new AbortController();
  #isOpen = true;

  constructor(
    private readonly options: SetupPageOptions,
    onClosed: () => void,
  ) {
    const folder = vscode.Uri.joinPath(options.extensionUri, "media", "setup");
    this.#panel = vscode.window.createWebviewPanel(
      "ecr.setup",
      vscode.l10n.t("Check My Setup"),
      vscode.ViewColumn.Active,
      { enableScripts: true, localResourceRoots: [folder] },
    );
    const { webview } = this.#panel;
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    this.#panel.onDidDispose(() => {
      this.#isOpen = false;
      this.#running.abort();
      onClosed();
    });
    webview.onDidReceiveMessage((message: unknown) => {
      this.#hear(message);
    });
    webview.html = setupHtml({
      cspSource: webview.cspSource,
      nonce: crypto.randomUUID(),
      script: file("setup.js"),
      style: file("setup.css"),
    });
  }

  /** Brings the page to the front and looks anew. */
  show(): void {
    this.#panel.reveal();
    void this.check();
  }

  /** Looks at everything anew; a look that is under way ends. */
  async check(): Promise<void> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    this.#done.clear();
    this.#look = undefined;
    const look = await this.options.prepare();
    if (running.signal.aborted) return;
    this.#look = look;
    this.#draw();
    try {
      await checkSetup(look.ports, look.subject, running.signal, (check) => {
        if (running.signal.aborted) return;
        this.#done.set(check.id, check);
        this.options.log.info(`setup: ${check.id}: ${check.state}`);
        this.#draw();
      });
    } catch (error) {
      // A newer look, or nobody who looks: both end this one.
      if (!isCancellation(error)) throw error;
    }
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #model(look: SetupLook): SetupModel {
    const { dockerfile, subject } = look;
    const actionsOf = (check: Check): RemedyActions => this.#actionsOf(look, check);
    return makeSetupModel(listChecks(subject), this.#done, dockerfile, actionsOf);
  }

  #actionsOf(look: SetupLook, check: Check): RemedyActions {
    return look.actionsOf(check, () => void this.check());
  }

  #draw(): void {
    if (this.#isOpen && this.#look) {
      void this.#panel.webview.postMessage(this.#model(this.#look));
    }
  }

  #hear(message: unknown): void {
    if (typeof message !== "object" || message === null || !("type" in message)) return;
    switch (message.type) {
      case "ready":
        this.#draw();
        break;
      case "again":
        void this.check();
        break;
      case "copy":
        void this.#copy();
        break;
      case "press":
        if ("id" in message && "action" in message) this.#press(message.id, message.action);
        break;
      default:
    }
  }

  #press(id: unknown, action: unknown): void {
    const check = [...this.#done.values()].find((done) => done.id === id);
    if (!check || !this.#look) return;
    const actions = Object.entries(this.#actionsOf(this.#look, check));
    actions.find(([name]) => name === action)?.[1]();
  }

  async #copy(): Promise<void> {
    if (!this.#look) return;
    await vscode.env.clipboard.writeText(setupText(this.#model(this.#look), this.options.head));
    vscode.window.setStatusBarMessage(vscode.l10n.t("Copied"), 3000);
  }
}
