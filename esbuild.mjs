/**
 * Bundles the extension into `dist/`: a small entry that VS Code loads at activation, and chunks
 * that load when a dynamic `import()` first asks for them.
 *
 * esbuild splits only ES modules and VS Code's extension host wants CommonJS, so the build has two
 * passes: bundle and split as ES modules in memory, then turn each chunk into CommonJS by itself.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";

const minify = process.argv.includes("--minify");
const watch = process.argv.includes("--watch");
const outdir = "dist";

/** Parts of dependencies that are never called, and whose weight nobody should download. */
const unused = {
  name: "unused",
  /** @param {esbuild.PluginBuild} build */
  setup(build) {
    // dockerode's BuildKit session (gRPC) and context packer, and docker-modem's SSH client (ssh2):
    // the engine adapter has its own of each, and never asks dockerode for the protocol "ssh".
    const filter =
      /^\.\/(session|buildkit|ssh)$|^tar-fs$|^@grpc\/|^protobufjs$|^@balena\/dockerignore$/;
    const importer = /[\\/]node_modules[\\/](dockerode|docker-modem)[\\/]/;
    build.onResolve({ filter }, (args) =>
      importer.test(args.importer) ? { path: args.path, namespace: "unused" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/** Writes the bundled chunks as CommonJS. */
const commonjs = {
  name: "commonjs",
  /** @param {esbuild.PluginBuild} build */
  setup(build) {
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      await rm(outdir, { recursive: true, force: true });
      await mkdir(outdir, { recursive: true });
      for (const file of result.outputFiles ?? []) {
        const { code } = await esbuild.transform(file.text, {
          format: "cjs",
          platform: "node",
          target: "node20",
          minify,
          supported: { "dynamic-import": false },
        });
        await writeFile(path.join(outdir, path.basename(file.path)), code);
      }
      await writeFile(path.join("out", "meta.json"), JSON.stringify(result.metafile));
      console.log(`bundled ${result.outputFiles?.length ?? 0} files into ${outdir}/`);
    });
  },
};

await mkdir("out", { recursive: true });
const context = await esbuild.context({
  entryPoints: ["src/extension.ts"],
  bundle: true,
  splitting: true,
  write: false,
  format: "esm",
  platform: "node",
  target: "node20",
  outdir,
  outExtension: { ".js": ".cjs" },
  chunkNames: "[name]-[hash]",
  external: ["vscode"],
  mainFields: ["module", "main"],
  minify,
  metafile: true,
  legalComments: "none",
  plugins: [unused, commonjs],
  logLevel: "info",
});
if (watch) {
  await context.watch();
} else {
  await context.rebuild();
  await context.dispose();
}
