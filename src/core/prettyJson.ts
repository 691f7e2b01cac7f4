/**
 * Lays JSON out over lines, two spaces deep, without changing a value.
 *
 * Numbers stay as they were written, and so do the order of keys and those that come twice, which
 * parsing would lose. What is no JSON comes back as it is.
 */
export function prettyJson(text: string): string {
  if (!isJson(text)) return text;
  let pretty = "";
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    const isOpening = token.startsWith("{") || token.startsWith("[");
    if (isOpening && /^.\s*[}\]]$/.test(token)) pretty += `${token.charAt(0)}${token.slice(-1)}`;
    else if (isOpening) pretty += `${token}${newLine(++depth)}`;
    else if (token === "}" || token === "]") pretty += `${newLine(--depth)}${token}`;
    else if (token === ",") pretty += `,${newLine(depth)}`;
    else if (token === ":") pretty += ": ";
    else pretty += token;
  }
  return `${pretty}\n`;
}

/** Strings, empty brackets, brackets and signs, and all else but space. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g;

function newLine(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
