import * as vscode from "vscode";

/** Makes a tooltip of a heading and rows; rows without a value are left out, data stays text. */
export function tooltipTable(
  heading: string,
  rows: readonly (readonly [string, string | undefined])[],
): vscode.MarkdownString {
  const shown = rows.filter(([, value]) => value !== undefined && value !== "");
  const lines = shown.map(([name, value]) => `| ${escape(name)} | ${escape(value ?? "")} |`);
  const markdown = new vscode.MarkdownString(
    [`**${escape(heading)}**`, "", "| | |", "|:--|:--|", ...lines].join("\n"),
  );
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

/** Escapes what Markdown would read as formatting, links or table cells. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~:@&]/g, "\\$&").replace(/\s+/g, " ");
}
