/**
 * Returns a text whose links are plain text, for notifications with words from outside.
 *
 * VS Code makes `[label](command:…)` a link in every notification, and runs the command on a click.
 * Source: https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
