import { chromium, type Browser } from "playwright-core";
import { findBrowser } from "./findBrowser.js";

/**
 * Starts a headless browser with a profile of its own, which goes away when it closes.
 * Fails with what to install when no Chromium, Chrome or Edge is here.
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error("no browser found: install Chromium, Chrome or Edge, or set CHROME_PATH");
  }
  return chromium.launch({
    executablePath,
    args: [
      // Chromium refuses to run its sandbox as root; people who aren't root keep it.
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      // Small containers give /dev/shm 64 MB, too little for a workbench.
      "--disable-dev-shm-usage",
      "--disable-gpu",
      // The same pixels on every machine.
      "--force-color-profile=srgb",
      "--font-render-hinting=none",
    ],
  });
}
