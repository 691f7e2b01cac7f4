import path from "node:path";
import { bundledFileOf, type PackagedCopy } from "../machine/packagedCopy.js";
import { runCommand } from "../machine/runCommand.js";
import { installVsCodeServer } from "../machine/vscode/installVsCodeServer.js";

const program = `
  const startedAt = performance.now();
  require(process.argv[1]);
  console.log(performance.now() - startedAt);`;

/**
 * Measures how long a new process takes to load what a source file begins in the bundle, in ms.
 * What the entry shares with it, 10 KB at most, loads too, since nothing is there before.
 */
export async function measureLoad(
  node: string,
  { folder, outputs }: PackagedCopy,
  source: string,
): Promise<number> {
  const file = path.join(folder, bundledFileOf(outputs, source));
  return Number(await runCommand(node, ["-e", program, file]));
}

/** Returns the Node of the VS Code server, as extension hosts have it; else the one that runs. */
export async function findHostNode(say: (line: string) => void): Promise<string> {
  try {
    return (await installVsCodeServer(say)).node;
  } catch {
    // No server for this platform: the figures say which Node it was.
    return process.execPath;
  }
}
