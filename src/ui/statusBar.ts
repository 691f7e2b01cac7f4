import * as vscode from "vscode";
import type { RegistryLocation } from "../core/registry.js";
import { commandIds } from "./commandIds.js";
import { logFailure } from "./failureLog.js";
import type { StatusContent } from "./status/statusContent.js";

/** Makes what fills the item; its code loads when ECR is first used in the window. */
export type LoadStatusContent = (item: vscode.StatusBarItem) => Promise<StatusContent>;

/** The one status bar item: hidden until ECR is used. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("status", vscode.StatusBarAlignment.Left, 0);
  #content: Promise<StatusContent> | undefined;

  constructor(
    private readonly load: LoadStatusContent,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#item.name = vscode.l10n.t("ECR");
    this.#item.command = commandIds.showStatusMenu;
  }

  /** Says which registry is in use; the item shows from the first time on. */
  markUsed(location: RegistryLocation): void {
    this.#content ??= this.load(this.#item);
    this.#tell((content) => content.use(location));
  }

  /** Says that AWS refuses the credentials of a profile, and that the user knows. */
  markRefused(profile: string | undefined): void {
    this.#tell((content) => {
      content.markRefused(profile);
    });
  }

  /** Says that there may be another identity, so that former refusals count no more. */
  forgetRefusals(): void {
    this.#tell((content) => content.forgetRefusals());
  }

  /** Shows that work is under way; undefined when it has ended. */
  showWork(text: string | undefined): void {
    this.#tell((content) => {
      content.showWork(text);
    });
  }

  dispose(): void {
    this.#tell((content) => {
      content.dispose();
    });
    this.#item.dispose();
  }

  #tell(what: (content: StatusContent) => unknown): void {
    this.#content?.then(what).catch((error: unknown) => {
      logFailure(this.log, "show the status", error);
    });
  }
}
