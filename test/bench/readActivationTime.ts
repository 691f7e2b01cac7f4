import type { Workbench } from "../ui/workbench.js";

/**
 * Reads how long VS Code took to activate an extension, in ms, from the open editor of *Developer:
 * Show Running Extensions*: loading its code and the call of `activate`.
 */
export async function readActivationTime(
  workbench: Workbench,
  displayName: string,
): Promise<number> {
  const row = workbench.page
    .locator(".runtime-extensions-editor .monaco-list-row")
    .filter({ has: workbench.page.locator(".name", { hasText: displayName }) });
  const text = await row.locator(".activation-time").filter({ hasText: /\d/ }).innerText();
  const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`no activation time in "${text}"`);
  return Number(milliseconds);
}
