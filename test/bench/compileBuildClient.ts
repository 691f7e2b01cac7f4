import path from "node:path";
import { build } from "esbuild";

/** Makes plain JavaScript of `buildClient.ts` in a folder, and returns its file. */
export async function compileBuildClient(folder: string): Promise<string> {
  const outfile = path.join(folder, "buildClient.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "buildClient.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "error",
  });
  return outfile;
}
