import { accessSync, constants } from "node:fs";
import path from "node:path";

/**
 * Finds a program on the PATH, or in the folders of system programs that an ordinary user's PATH
 * may lack. Returns undefined when it isn't there.
 */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter)];
  if (process.platform !== "win32") folders.push("/usr/local/sbin", "/usr/sbin", "/sbin");
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return folders
    .filter((folder) => folder !== "")
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)))
    .find(canRun);
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
