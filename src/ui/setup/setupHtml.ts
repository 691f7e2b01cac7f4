import * as vscode from "vscode";
import { escapeHtml } from "../pages/pageHtml.js";

/** What the frame of the page is made from. */
export interface SetupFrame {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/**
 * Makes the frame of the page, whose script fills it; nothing in it comes from outside.
 *
 * No address but the page's own two files is allowed, and no script without the nonce.
 */
export function setupHtml({ cspSource, nonce, script, style }: SetupFrame): string {
  const { t } = vscode.l10n;
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(t("Check My Setup"))}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<main>
<header>
<h1>${escapeHtml(t("Check My Setup"))}</h1>
<p id="summary" role="status"></p>
<div class="buttons">
<button id="again" type="button" class="primary">${escapeHtml(t("Check Again"))}</button>
<button id="copy" type="button">${escapeHtml(t("Copy as Text"))}</button>
</div>
</header>
<div id="sections"></div>
</main>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}
