import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { projectFolder } from "../machine/folders.js";
import { startVsCodeServer } from "../machine/vscode/vsCodeServer.js";
import { writeUserSettings } from "../machine/vscode/writeUserSettings.js";
import { openPage } from "./openPage.js";
import type { Playground } from "./startPlayground.js";

/** A VS Code that shows the playground. */
export interface ShownVsCode {
  /** What it is and where, for a person. */
  readonly line: string;
  /** The address of the window; undefined for desktop VS Code. */
  readonly url: string | undefined;
  /** Resolves when it ends by itself. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Opens the playground in desktop VS Code with a profile of its own: none of the user's. */
export async function showDesktop(
  executable: string,
  playground: Playground,
): Promise<ShownVsCode> {
  const userFolder = path.join(playground.folder, "desktop-user");
  await writeUserSettings(userFolder, playground.settings);
  const child = spawn(
    executable,
    [
      playground.workspaceFolder,
      `--extensionDevelopmentPath=${projectFolder}`,
      `--user-data-dir=${userFolder}`,
      `--extensions-dir=${path.join(playground.folder, "desktop-extensions")}`,
      "--disable-workspace-trust",
      "--skip-welcome",
      "--wait",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ],
    { env: { ...process.env, ...playground.env }, stdio: "ignore" },
  );
  const ended = once(child, "exit");
  return {
    line: executable,
    url: undefined,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await ended;
    },
  };
}

/** Opens the playground in a VS Code server, in a browser where there is a screen. */
export async function showServer(playground: Playground): Promise<ShownVsCode> {
  const server = await startVsCodeServer({
    extensionFolders: [projectFolder],
    settings: playground.settings,
    env: playground.env,
    userFolder: path.join(playground.folder, "server-user"),
  });
  const url = server.pageUrl({ folder: playground.workspaceFolder });
  return { line: url, url, ended: server.ended, stop: () => server.stop() };
}

/** Shows the address in a browser; without one, the person opens it. */
export function showPage(url: string, playground: Playground): string {
  return openPage(url, playground.folder)
    ? "It opens in a browser."
    : "Open the address in a browser; from another machine, forward its port over SSH first.";
}
