import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { outFolder } from "../machine/folders.js";

/** Bundles the suite and its runner for the extension host and returns the runner's file. */
export async function bundleSuite(): Promise<string> {
  const outdir = path.join(outFolder, "vscode-suite");
  await rm(outdir, { recursive: true, force: true });
  const suite = path.join(import.meta.dirname, "suite");
  const tests = (await readdir(suite)).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: [
      path.join(import.meta.dirname, "hostRunner.ts"),
      ...tests.map((name) => path.join(suite, name)),
    ],
    outdir,
    outExtension: { ".js": ".cjs" },
    entryNames: "[name]",
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return path.join(outdir, "hostRunner.cjs");
}
