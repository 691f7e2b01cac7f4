import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

/** Reads every file that a VS Code has logged to; `userFolder` is where its user data is. */
export async function readLogs(userFolder: string): Promise<readonly string[]> {
  const folder = path.join(userFolder, "logs");
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) => readFile(path.join(file.parentPath, file.name), "utf8")),
  );
}
