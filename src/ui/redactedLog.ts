import type * as vscode from "vscode";

/** A log that all lines go through: nothing reaches the file without having been redacted. */
export class RedactedLog implements vscode.LogOutputChannel {
  readonly name: string;
  readonly onDidChangeLogLevel: vscode.LogOutputChannel["onDidChangeLogLevel"];

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly redact: (text: string) => string,
  ) {
    this.name = log.name;
    this.onDidChangeLogLevel = log.onDidChangeLogLevel;
  }

  get logLevel(): vscode.LogLevel {
    return this.log.logLevel;
  }

  trace(message: string): void {
    this.log.trace(this.redact(message));
  }

  debug(message: string): void {
    this.log.debug(this.redact(message));
  }

  info(message: string): void {
    this.log.info(this.redact(message));
  }

  warn(message: string): void {
    this.log.warn(this.redact(message));
  }

  error(error: string | Error): void {
    this.log.error(this.redact(typeof error === "string" ? error : (error.stack ?? String(error))));
  }

  append(text: string): void {
    this.log.append(this.redact(text));
  }

  appendLine(text: string): void {
    this.log.appendLine(this.redact(text));
  }

  replace(text: string): void {
    this.log.replace(this.redact(text));
  }

  clear(): void {
    this.log.clear();
  }

  show(preserveFocus?: unknown): void {
    this.log.show(preserveFocus === true);
  }

  hide(): void {
    this.log.hide();
  }

  dispose(): void {
    this.log.dispose();
  }
}
