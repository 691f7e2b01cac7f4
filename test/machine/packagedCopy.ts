import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFolder } from "./folders.js";
import { runCommand } from "./runCommand.js";

/** The files of a bundle by name, from esbuild's metafile: https://esbuild.github.io/api/#metafile */
export type BundleOutputs = Readonly<
  Record<
    string,
    {
      readonly entryPoint?: string;
      readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
      readonly imports: readonly { readonly path: string; readonly kind: string }[];
    }
  >
>;

/** A copy of the project that `npm run package` ran in. */
export interface PackagedCopy {
  readonly folder: string;
  readonly vsixFile: string;
  /** The bundled files, named from the folder as `dist/extension.cjs`. */
  readonly outputs: BundleOutputs;
  /** Removes the folder. */
  readonly remove: () => void;
}

/** Folders that are made by work on the project, or large; the package never needs them. */
const leftBehind = new Set([".git", ".cache", ".vscode-test", "node_modules", "dist", "out"]);

/**
 * Packages a copy of the project in a temporary folder, because others run what is in the project's
 * own dist folder.
 */
export async function makePackagedCopy(): Promise<PackagedCopy> {
  const folder = mkdtempSync(path.join(tmpdir(), "ecr-package-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    cpSync(projectFolder, folder, {
      recursive: true,
      filter: (source) => !leftBehind.has(path.relative(projectFolder, source)),
    });
    symlinkSync(path.join(projectFolder, "node_modules"), path.join(folder, "node_modules"));
    await runCommand("npm", ["run", "package"], { cwd: folder });
    const metafile = JSON.parse(readFileSync(path.join(folder, "out/meta.json"), "utf8")) as {
      outputs: BundleOutputs;
    };
    const vsixFile = path.join(folder, "dist", "push-to-ecr.vsix");
    return { folder, vsixFile, outputs: metafile.outputs, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Names a bundled file and those that load at once with it. */
export function filesLoadedWith(outputs: BundleOutputs, file: string): readonly string[] {
  const found = new Set([file]);
  for (const one of found) {
    for (const { path: imported, kind } of outputs[one]?.imports ?? []) {
      if (kind === "import-statement" && imported in outputs) found.add(imported);
    }
  }
  return [...found];
}

/** Adds up what source files take in all bundled files, in bytes. */
export function sizeOfSources(outputs: BundleOutputs, sources: RegExp): number {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([source]) => sources.test(source))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}

/** Finds the bundled file that a source file, such as `src/docker/dockerEngine.ts`, begins. */
export function bundledFileOf(outputs: BundleOutputs, source: string): string {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  if (found === undefined) throw new Error(`no bundled file begins with ${source}`);
  return found[0];
}
