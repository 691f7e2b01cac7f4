import { spawn } from "node:child_process";
import path from "node:path";
import { findProgram } from "../machine/findProgram.js";
import { findBrowser } from "../machine/vscode/findBrowser.js";

/** Tells whether a window can be shown to whoever started this process. */
export function hasScreen(): boolean {
  if (process.platform !== "linux") return true;
  return process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined;
}

/**
 * Opens a page in the user's browser, or in a window of its own with a profile in `folder` where
 * nothing else can. Returns false when there is no screen or no browser.
 */
export function openPage(url: string, folder: string): boolean {
  const line = hasScreen() ? commandLine(url, folder) : undefined;
  if (line === undefined) return false;
  const [command, ...args] = line;
  const child = spawn(command, args, { detached: true, stdio: "ignore" });
  child.once("error", () => {
    console.log("The browser did not start; open the address by hand.");
  });
  child.unref();
  return true;
}

function commandLine(url: string, folder: string): [string, ...string[]] | undefined {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["explorer.exe", url];
  const isRoot = process.getuid?.() === 0;
  const opener = findProgram("xdg-open");
  // Most browsers refuse to start for root, and xdg-open can't tell them otherwise.
  if (opener !== undefined && !isRoot) return [opener, url];
  const browser = findBrowser();
  if (browser === undefined) return undefined;
  const profile = `--user-data-dir=${path.join(folder, "browser")}`;
  return [browser, `--app=${url}`, profile, "--no-first-run", ...(isRoot ? ["--no-sandbox"] : [])];
}
