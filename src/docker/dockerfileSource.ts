import { endsHeredoc, findHeredocs, type Heredoc } from "./heredocs.js";

/** One instruction of a Dockerfile, continuation lines joined. */
export interface Instruction {
  /** The line where it starts, from 1. */
  readonly line: number;
  /** Its words, as written, without comments. */
  readonly text: string;
}

/**
 * Splits a Dockerfile into its instructions, in the order in which an engine counts its steps.
 *
 * Rules: https://docs.docker.com/reference/dockerfile/#format (comments, blank lines inside a
 * continuation, the `escape` directive). The lines of heredocs are no instructions; a heredoc
 * without an end is no heredoc here, as builders without BuildKit know none.
 */
export function parseInstructions(source: string): readonly Instruction[] {
  const lines = source.replace(/^\uFEFF/, "").split(/\r?\n/);
  const continues = continuation(escapeCharacter(lines));
  const instructions: Instruction[] = [];
  let open: { line: number; text: string } | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]?.trimStart() ?? "";
    if (line.trim() === "" || line.startsWith("#")) continue;
    const more = continues.test(line);
    const text = more ? line.replace(/.[ \t]*$/, "") : line.trimEnd();
    open = open ? { ...open, text: open.text + text } : { line: index + 1, text };
    if (more) continue;
    instructions.push(open);
    index = skipHeredocs(lines, index, findHeredocs(open.text));
    open = undefined;
  }
  if (open) instructions.push(open);
  return instructions;
}

/** Returns the line where the last of the heredocs ends, or `from` where one has no end. */
function skipHeredocs(
  lines: readonly string[],
  from: number,
  heredocs: readonly Heredoc[],
): number {
  let at = from;
  for (const heredoc of heredocs) {
    const length = lines.slice(at + 1).findIndex((line) => endsHeredoc(heredoc, line));
    if (length < 0) return from;
    at += 1 + length;
  }
  return at;
}

/** Directives stand before anything else, one a line: `# escape=` followed by one character. */
function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*([a-z]+)\s*=\s*(.+?)\s*$/i.exec(line);
    if (!directive) break;
    if (directive[1]?.toLowerCase() === "escape") return directive[2] ?? "\\";
  }
  return "\\";
}

/** An escape character at the end continues the line, unless it is escaped itself. */
function continuation(escape: string): RegExp {
  const char = escape === "`" ? "`" : "\\\\";
  return new RegExp(`(?:^|[^${char}])${char}[ \\t]*$`);
}
