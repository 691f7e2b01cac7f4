import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** The title of the command that activates the empty extension, as the palette shows it. */
export const emptyCommand = "Bench: Activate the Empty Extension";

/** The name under which VS Code lists the empty extension. */
export const emptyName = "Empty Extension";

/**
 * Writes an extension that does nothing but answer its one command: the least that the palette can
 * activate.
 */
export async function writeEmptyExtension(folder: string): Promise<void> {
  const [category, title] = emptyCommand.split(": ");
  const manifest = {
    name: "empty",
    displayName: emptyName,
    publisher: "bench",
    version: "1.0.0",
    main: "./extension.cjs",
    type: "module",
    engines: { vscode: "^1.105.0" },
    extensionKind: ["workspace"],
    contributes: { commands: [{ command: "empty.activate", category, title }] },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(
    path.join(folder, "extension.cjs"),
    `const { commands } = require("vscode");
exports.activate = () => { commands.registerCommand("empty.activate", () => undefined); };\n`,
  );
}
