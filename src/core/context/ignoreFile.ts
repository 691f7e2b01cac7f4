/** What the pattern language of ignore files reads as something else. */
const SPECIAL = /[*?[\]\\^]/g;

/**
 * Returns the line that ignores one path of a context, and nothing else where the language allows.
 *
 * On Windows a backslash separates folders, so there a `?` stands for what would need one.
 * Language: https://docs.docker.com/build/concepts/context/#syntax
 */
export function ignoreLine(path: string, isWindows: boolean): string {
  return (
    path
      .replace(SPECIAL, isWindows ? "?" : "\\$&")
      // Blanks at the ends are cut, and a line's first character may make it a comment or a `!` rule.
      .replace(/^[#!\s]|[\s]$|[\r\n]/g, "?")
  );
}

/**
 * Adds lines to the text of an ignore file, at its end and with its own line ends.
 *
 * The last line that matches decides, so what stands before a `!` line moves behind it; what is
 * there already is not repeated. Returns the same text where there is nothing to do.
 */
export function addIgnoreLines(text: string, lines: readonly string[]): string {
  const newline = /\r\n/.test(text) ? "\r\n" : "\n";
  let kept = text.split(/(?<=\n)/);
  const added: string[] = [];
  for (const line of lines) {
    const isSame = (other: string): boolean => sameRule(other, line);
    const lastNegation = kept.findLastIndex((other) => content(other).startsWith("!"));
    if (added.some(isSame) || kept.findLastIndex(isSame) > lastNegation) continue;
    kept = kept.filter((other) => !isSame(other));
    added.push(line);
  }
  if (added.length === 0) return text;
  const rest = kept.join("");
  const start = rest === "" || rest === BOM || rest.endsWith("\n") ? rest : rest + newline;
  // A file that began with a line that moved still begins with its mark.
  const mark = text.startsWith(BOM) && !start.startsWith(BOM) ? BOM : "";
  return mark + start + added.map((line) => line + newline).join("");
}

const BOM = "\uFEFF";

function content(line: string): string {
  const text = line.startsWith(BOM) ? line.slice(1) : line;
  return text.startsWith("#") ? "" : text.trim();
}

function sameRule(one: string, other: string): boolean {
  return normal(one) !== "" && normal(one) === normal(other);
}

function normal(line: string): string {
  return content(line)
    .replace(/^(?:\.?\/)+/, "")
    .replace(/\/+$/, "");
}
