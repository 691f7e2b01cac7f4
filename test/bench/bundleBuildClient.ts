import path from "node:path";
import { build } from "esbuild";

/** Bundles `buildClient.ts` as the extension is bundled, and returns the file in that folder. */
export async function bundleBuildClient(folder: string): Promise<string> {
  const outfile = path.join(folder, "buildClient.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "buildClient.ts")],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "esm",
    external: ["cpu-features", "*.node"],
    mainFields: ["module", "main"],
    banner: { js: CREATE_REQUIRE },
    logLevel: "error",
  });
  return outfile;
}

/** What dockerode, which is CommonJS, needs inside an ES module. */
const CREATE_REQUIRE =
  'import { createRequire } from "node:module"; import { fileURLToPath } from "node:url";' +
  "const require = createRequire(import.meta.url);" +
  'const __filename = fileURLToPath(import.meta.url); const __dirname = __filename + "/..";';
