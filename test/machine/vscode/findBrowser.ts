import { existsSync } from "node:fs";
import path from "node:path";

const linux = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge",
];
const mac = ["Google Chrome", "Chromium", "Microsoft Edge"];
const windows = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Finds a Chromium, Chrome or Edge on this machine: `CHROME_PATH`, then the PATH and the usual
 * places of the platform. Returns undefined when there is none.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return candidates(env).find((file) => existsSync(file));
}

function candidates(env: NodeJS.ProcessEnv): string[] {
  const named = env["CHROME_PATH"] === undefined ? [] : [env["CHROME_PATH"]];
  if (process.platform === "darwin") {
    return [...named, ...mac.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)];
  }
  if (process.platform === "win32") {
    const roots = [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]];
    const known = roots.filter((root) => root !== undefined);
    return [...named, ...known.flatMap((root) => windows.map((file) => path.join(root, file)))];
  }
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return [...named, ...linux.flatMap((name) => folders.map((folder) => path.join(folder, name)))];
}
