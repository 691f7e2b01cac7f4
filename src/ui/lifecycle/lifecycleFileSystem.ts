import * as vscode from "vscode";
import type { LifecycleFiles } from "./lifecycleFiles.js";

/** Lets VS Code open lifecycle policies as documents; what reads and saves them loads then. */
export class LifecycleFileSystem implements vscode.FileSystemProvider {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #load: () => Promise<LifecycleFiles>;
  #loading: Promise<LifecycleFiles> | undefined;
  readonly onDidChangeFile = this.#changed.event;

  constructor(load: () => Promise<LifecycleFiles>) {
    this.#load = load;
  }

  /** Returns what reads and saves the policies. */
  files(): Promise<LifecycleFiles> {
    this.#loading ??= this.#load().then((files) => {
      files.onDidChange((uri) => {
        this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      });
      return files;
    });
    return this.#loading;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.files()).stat(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.files()).read(uri);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await (await this.files()).write(uri, content);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
