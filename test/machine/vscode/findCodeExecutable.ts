import { chmod, mkdir, realpath, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";
import { findProgram } from "../findProgram.js";
import { cacheFolder, outFolder, projectFolder } from "../folders.js";
import { installVsCodeServer } from "./installVsCodeServer.js";

/** A program that runs an extension's tests. */
export interface CodeExecutable {
  readonly executable: string;
  /** What it is, for a person. */
  readonly name: string;
}

/**
 * Finds the VS Code to test in: `VSCODE_EXECUTABLE`, a desktop VS Code that is installed, one that
 * can be downloaded, else a VS Code server. Desktop VS Code on Linux needs a display.
 */
export async function findCodeExecutable(): Promise<CodeExecutable> {
  const desktop = await findDesktopCode();
  if (desktop !== undefined) return { executable: desktop, name: desktop };
  const hasScreen = process.platform !== "linux" || process.env["DISPLAY"] !== undefined;
  const downloaded = hasScreen ? await downloadDesktopCode() : undefined;
  if (downloaded !== undefined) return { executable: downloaded, name: downloaded };
  const server = await installVsCodeServer();
  return { executable: await writeLauncher(), name: `server ${server.version} with a browser` };
}

/** Finds an installed desktop VS Code that can be shown on this machine. */
export async function findDesktopCode(): Promise<string | undefined> {
  const named = process.env["VSCODE_EXECUTABLE"];
  if (named !== undefined) return named;
  if (process.platform === "darwin") {
    const app = "/Applications/Visual Studio Code.app/Contents/MacOS/Electron";
    return existsSync(app) ? app : undefined;
  }
  if (process.platform === "linux" && process.env["DISPLAY"] === undefined) return undefined;
  const onPath = findProgram("code");
  if (onPath === undefined) return undefined;
  // `code` is a script that returns at once; the program that stays is two folders up.
  const name = process.platform === "win32" ? "Code.exe" : "code";
  const program = path.join(path.dirname(await realpath(onPath)), "..", name);
  return existsSync(program) ? program : undefined;
}

/** Downloads desktop VS Code into the cache folder; undefined when its server isn't reached. */
async function downloadDesktopCode(): Promise<string | undefined> {
  const isReached = await fetch("https://update.code.visualstudio.com/api/releases/stable", {
    signal: AbortSignal.timeout(5000),
  }).then(
    (answer) => answer.ok,
    () => false,
  );
  if (!isReached) return undefined;
  return downloadAndUnzipVSCode({ cachePath: path.join(cacheFolder, "vscode") }).catch(
    () => undefined,
  );
}

async function writeLauncher(): Promise<string> {
  const file = path.join(outFolder, "code-server");
  const script = path.join(projectFolder, "test", "machine", "vscode", "codeExecutable.ts");
  await mkdir(outFolder, { recursive: true });
  await writeFile(
    file,
    `#!/bin/sh\ncd '${projectFolder}' && exec '${process.execPath}' --import tsx '${script}' "$@"\n`,
  );
  await chmod(file, 0o755);
  return file;
}
