import * as vscode from "vscode";

/** What the frame of a page is made from. */
export interface PageFrame {
  readonly title: string;
  readonly cspSource: string;
  readonly nonce: string;
  /** The address of the script, a module; those that it imports lie beside it. */
  readonly script: string;
  readonly style: string;
}

/**
 * Makes the frame of a page, whose script fills it; nothing in it comes from outside.
 *
 * No address but the page's own files is allowed, and no script without the nonce, which the
 * modules that it imports share.
 */
export function pageHtml({ title, cspSource, nonce, script, style }: PageFrame): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body aria-busy="true">
<main>
<header id="head"></header>
<div id="sections"></div>
</main>
<p id="spoken" class="spoken" role="status"></p>
<script type="module" nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

/** Makes text safe inside elements and quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
