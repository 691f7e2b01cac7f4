import * as vscode from "vscode";
import { pageHtml } from "./pageHtml.js";
import { type PageEvent, type PageMessage, tryParsePageEvent } from "./pageModel.js";

/** What a page does with its panel. */
export interface PageOptions {
  readonly extensionUri: vscode.Uri;
  readonly title: string;
  /** Hears what the page sends; `ready` comes whenever it was made anew and is empty. */
  readonly onEvent: (event: PageEvent) => void;
  readonly onClosed: () => void;
}

/** A page in an editor: what is sent to it is drawn, and presses come back. */
export class Page implements vscode.Disposable {
  #isOpen = true;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    options: PageOptions,
  ) {
    const folder = vscode.Uri.joinPath(options.extensionUri, "media", "page");
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    panel.title = options.title;
    panel.onDidDispose(() => {
      this.#isOpen = false;
      options.onClosed();
    });
    webview.onDidReceiveMessage((message: unknown) => {
      const event = tryParsePageEvent(message);
      if (event) options.onEvent(event);
    });
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.html = pageHtml({
      title: options.title,
      cspSource: webview.cspSource,
      nonce: crypto.randomUUID(),
      script: file("page.js"),
      style: file("page.css"),
    });
  }

  /** Brings the page to the front. */
  show(): void {
    this.panel.reveal();
  }

  /** Gives the page's tab another name. */
  rename(title: string): void {
    if (this.#isOpen && this.panel.title !== title) this.panel.title = title;
  }

  /** Sends something to be drawn; nothing happens once the page is closed. */
  send(message: PageMessage): void {
    if (this.#isOpen) void this.panel.webview.postMessage(message);
  }

  dispose(): void {
    this.panel.dispose();
  }
}
