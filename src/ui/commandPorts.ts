import type * as vscode from "vscode";
import type { ProfileSource } from "../core/ports.js";
import type { TerminalLogins } from "../core/login/terminalLogins.js";
import type { ImagePages } from "./details/imagePages.js";
import type { LocalImagesView } from "./localImages/localImagesView.js";
import type { RegistriesView } from "./explorer/registriesView.js";
import type { ShownRegistries } from "./explorer/shownRegistries.js";
import type { CheckSetupPorts } from "./setup/prepareLook.js";
import type { LifecycleFileSystem } from "./lifecycle/lifecycleFileSystem.js";
import type { StatusBar } from "./statusBar.js";

/** Everything that a command may touch. */
export interface CommandPorts extends CheckSetupPorts {
  readonly profiles: () => Promise<ProfileSource>;
  readonly terminalLogins: () => Promise<TerminalLogins>;
  readonly statusBar: StatusBar;
  /** Signs in, brings the window up to date, and tells whether the session is there. */
  readonly signIn: (profile: string | undefined) => Promise<boolean>;
  readonly explorer: RegistriesView;
  readonly shown: ShownRegistries;
  readonly localImages: LocalImagesView;
  readonly lifecycleFiles: LifecycleFileSystem;
  /** The pages and documents of images, loaded when they are first asked for. */
  readonly imagePages: () => Promise<ImagePages>;
  /** Keeps what a command opens until the extension ends, and returns it. */
  readonly own: <T extends vscode.Disposable>(disposable: T) => T;
}
