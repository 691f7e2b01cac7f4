import * as vscode from "vscode";
import type { WarningEvent } from "../core/build/buildEvents.js";
import type { Failure } from "../core/errors.js";

/** Lines of a Dockerfile, from 1. */
interface LineSpan {
  readonly line: number;
  readonly endLine: number | undefined;
}

/**
 * The Problems panel's entries of builds, at the lines of their Dockerfiles.
 *
 * They go with the next build of the Dockerfile. One whose own lines are edited goes at once, as
 * what it says may be mended; others move with the text.
 */
export class BuildDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("ecr");
  readonly #listener: vscode.Disposable;

  constructor() {
    this.#listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      this.#follow(document.uri, contentChanges);
    });
  }

  /** Forgets what earlier builds of a Dockerfile said. */
  clear(dockerfile: string): void {
    this.#collection.delete(vscode.Uri.file(dockerfile));
  }

  /** Shows a failure at its line; one without a line is told elsewhere. */
  async showFailure(failure: Failure): Promise<void> {
    const note = (await import("./failureNote.js")).failureNote(failure);
    if (!note) return;
    await this.#add(note.dockerfile, note, (range) => {
      const { Error: severity } = vscode.DiagnosticSeverity;
      return new vscode.Diagnostic(range, note.text, severity);
    });
  }

  /** Shows a warning of the builder at its line. */
  async showWarning(dockerfile: string, warning: WarningEvent): Promise<void> {
    const { line, endLine, url } = warning;
    if (line === undefined) return;
    await this.#add(dockerfile, { line, endLine }, (range) => {
      const { rule, text } = readRule(warning);
      const shown = new vscode.Diagnostic(range, text, vscode.DiagnosticSeverity.Warning);
      const target = url === undefined ? undefined : tryDocsPage(url);
      if (target) shown.code = { value: rule ?? vscode.l10n.t("more"), target };
      else if (rule !== undefined) shown.code = rule;
      return shown;
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#collection.dispose();
  }

  async #add(
    dockerfile: string,
    span: LineSpan,
    make: (range: vscode.Range) => vscode.Diagnostic,
  ): Promise<void> {
    const uri = vscode.Uri.file(dockerfile);
    const diagnostic = make(instructionRange(await vscode.workspace.openTextDocument(uri), span));
    diagnostic.source = vscode.l10n.t("Docker build");
    this.#collection.set(uri, [...(this.#collection.get(uri) ?? []), diagnostic]);
  }

  #follow(uri: vscode.Uri, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const shown = this.#collection.get(uri);
    if (!shown || shown.length === 0 || changes.length === 0) return;
    const kept = changes.reduce<readonly vscode.Diagnostic[]>(moveAll, shown);
    this.#collection.set(uri, kept);
  }
}

/** From the first letter of an instruction to its last, over all of its lines. */
function instructionRange(
  document: vscode.TextDocument,
  { line, endLine }: LineSpan,
): vscode.Range {
  const last = document.lineCount - 1;
  const start = Math.min(line - 1, last);
  let end = Math.min(Math.max(endLine ?? line, line) - 1, last);
  // Older engines tell where an instruction begins only.
  const continues = (at: number): boolean => /[\\`]\s*$/.test(document.lineAt(at).text);
  while (endLine === undefined && end < last && continues(end)) end += 1;
  const from = document.lineAt(start).firstNonWhitespaceCharacterIndex;
  return new vscode.Range(start, from, end, document.lineAt(end).text.trimEnd().length);
}

/** Newer builders put a rule's name before the words and the line behind them. */
function readRule({ text, details = [] }: WarningEvent): {
  readonly rule: string | undefined;
  readonly text: string;
} {
  const [, rule, words] = /^([A-Z][A-Za-z]+): (.*)$/s.exec(text) ?? [];
  const plain = (words ?? text).replace(/ \(line \d+\)$/, "");
  return { rule, text: [plain, ...details].join("\n") };
}

/** A link that an engine gives is followed only to Docker's own documentation. */
function tryDocsPage(address: string): vscode.Uri | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return protocol === "https:" && host === "docs.docker.com"
    ? vscode.Uri.parse(address)
    : undefined;
}

function moveAll(
  shown: readonly vscode.Diagnostic[],
  { range, text }: vscode.TextDocumentContentChangeEvent,
): readonly vscode.Diagnostic[] {
  const moved = text.split("\n").length - 1 - (range.end.line - range.start.line);
  return shown.flatMap((one) => {
    const { start, end } = one.range;
    if (range.start.line > end.line) return [one];
    if (range.end.line >= start.line) return [];
    one.range = new vscode.Range(start.translate(moved), end.translate(moved));
    return [one];
  });
}
