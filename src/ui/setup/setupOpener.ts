import * as vscode from "vscode";
import { type CheckSetupPorts, prepareLook } from "./prepareLook.js";
import { SetupPage } from "./setupPage.js";

/** Opens the page *Check My Setup*, one for the window. */
export class SetupOpener implements vscode.Disposable {
  #page: SetupPage | undefined;
  #target: vscode.Uri | undefined;

  constructor(private readonly ports: CheckSetupPorts) {}

  /** Shows the page and looks anew: at the push of this Dockerfile, else of the one pushed last. */
  show(target: vscode.Uri | undefined): void {
    this.#target = target;
    this.#page ??= this.#open();
    this.#page.show();
  }

  dispose(): void {
    this.#page?.dispose();
  }

  #open(): SetupPage {
    const { extension, log } = this.ports;
    const { version }: { version?: unknown } = extension.packageJSON as object;
    const options = {
      extensionUri: extension.extensionUri,
      log,
      prepare: () => prepareLook(this.ports, this.#target),
      head: [
        `Push to ECR ${typeof version === "string" ? version : ""}`,
        `${vscode.env.appName} ${vscode.version}, ${vscode.env.remoteName ?? "local"}`,
      ],
    };
    return new SetupPage(options, () => {
      this.#page = undefined;
    });
  }
}
