import * as vscode from "vscode";

/** A log that keeps its lines, each with its level. */
export class RecordingLog implements vscode.LogOutputChannel {
  readonly name = "ECR";
  readonly logLevel = vscode.LogLevel.Trace;
  readonly lines: string[] = [];

  readonly onDidChangeLogLevel = new vscode.EventEmitter<vscode.LogLevel>().event;

  trace(message: string): void {
    this.#add("trace", message);
  }

  debug(message: string): void {
    this.#add("debug", message);
  }

  info(message: string): void {
    this.#add("info", message);
  }

  warn(message: string): void {
    this.#add("warn", message);
  }

  error(message: string | Error): void {
    this.#add("error", String(message));
  }

  append(value: string): void {
    this.lines.push(value);
  }

  appendLine(value: string): void {
    this.lines.push(value);
  }

  replace(value: string): void {
    this.lines.splice(0, this.lines.length, value);
  }

  clear(): void {
    this.lines.length = 0;
  }

  show(): void {
    return;
  }

  hide(): void {
    return;
  }

  dispose(): void {
    return;
  }

  #add(level: string, message: string): void {
    this.lines.push(`${level} ${message}`);
  }
}
