import * as vscode from "vscode";
import type { BuildHistory } from "./buildHistory.js";

const CTRL_C = "\u0003";
/** Nothing is typed here. */
const HIDE_CURSOR = "\u001b[?25l";
/**
 * Codes of ANSI terminals, whose colours are the theme's. Grey is a colour and not dimmed text,
 * whose contrast VS Code does not keep up.
 */
const STYLES = { bold: 1, grey: 90, red: 31, green: 32, yellow: 33, blue: 34 } as const;

/**
 * Shows the output of a build in a terminal, also while it runs.
 *
 * A terminal and no document: it takes only what is new, follows the end, and has the theme's own
 * colours. Ctrl+C cancels the build.
 */
export function showBuildTerminal(history: BuildHistory, id: string): void {
  const build = history.find(id);
  if (!build) return;
  const open = vscode.window.terminals.find(
    ({ creationOptions }) =>
      "pty" in creationOptions &&
      creationOptions.pty instanceof BuildOutput &&
      creationOptions.pty.id === id,
  );
  const terminal =
    open ??
    vscode.window.createTerminal({
      name: vscode.l10n.t("Build {0}", build.name),
      iconPath: new vscode.ThemeIcon("tools"),
      isTransient: true,
      pty: new BuildOutput(history, id),
    });
  terminal.show();
}

class BuildOutput implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #listeners: vscode.Disposable[] = [];
  readonly onDidWrite = this.#write.event;

  constructor(
    private readonly history: BuildHistory,
    readonly id: string,
  ) {}

  open(): void {
    this.#write.fire(HIDE_CURSOR);
    this.#show(this.history.readOutput(this.id));
    this.#listeners.push(
      this.history.onDidWrite(({ id, lines }) => {
        if (id === this.id) this.#show(lines);
      }),
    );
  }

  close(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#write.dispose();
  }

  handleInput(data: string): void {
    if (data === CTRL_C) this.history.cancel(this.id);
  }

  #show(lines: readonly string[]): void {
    this.#write.fire(lines.map((line) => `${colourLine(line)}\r\n`).join(""));
  }
}

/** Colours repeat what the words say; without them nothing is lost. */
export function colourLine(line: string): string {
  const [, number, rest = ""] = /^(#\d+) (.*)$/s.exec(line) ?? [];
  if (number === undefined) {
    if (line.startsWith("> ")) return paint("bold", line);
    if (line.startsWith("pushed ")) return paint("green", line);
    return /^(?:ERROR: |CANCELED$)/.test(line) ? paint("red", line) : line;
  }
  return `${paint("grey", number)} ${colourWords(rest)}`;
}

function colourWords(words: string): string {
  if (/^(?:ERROR: |CANCELED$)/.test(words)) return paint("red", words);
  if (words.startsWith("WARN: ")) return paint("yellow", words);
  if (words === "CACHED") return paint("blue", words);
  if (/^DONE\b/.test(words)) return paint("green", words);
  if (/^\[[^\]]+\] |^exporting to |^pushing /.test(words)) return paint("bold", words);
  const [, time, text = ""] = /^(\d+\.\d+) (.*)$/s.exec(words) ?? [];
  return time === undefined ? words : `${paint("grey", time)} ${text}`;
}

function paint(style: keyof typeof STYLES, text: string): string {
  return `\u001b[${STYLES[style]}m${text}\u001b[0m`;
}
