import { statSync } from "node:fs";
import path from "node:path";
import { bundledFileOf, filesLoadedWith, sizeOfSources } from "../../machine/packagedCopy.js";
import type { BenchGroup, Figure } from "../figure.js";

/** The BuildKit client, and the ignore rules that it reads. */
const buildkitSources = /^src\/docker\/(?:buildkit\/|dockerignore|goPattern|goExpression|goChar)/;

/** How much people download, and how much code loads when. */
export const group: BenchGroup = {
  needs: [],
  async measure(run) {
    const { folder, vsixFile, outputs } = await run.packaged();
    const entry = filesLoadedWith(outputs, "dist/extension.cjs");
    const sizeOf = (files: readonly string[]): number =>
      files.map((file) => statSync(path.join(folder, file)).size).reduce((a, b) => a + b, 0);
    /** What loads with the first use of a source file, beyond what is there since activation. */
    const firstUse = (source: string): Figure => {
      const files = filesLoadedWith(outputs, bundledFileOf(outputs, source));
      return { value: sizeOf(files.filter((file) => !entry.includes(file))), unit: "B" };
    };
    return {
      vsix: { value: statSync(vsixFile).size, unit: "B", goal: 1_000_000 },
      entry: { value: sizeOf(entry), unit: "B", goal: 60_000 },
      awsChunks: firstUse("src/aws/openRegistry.ts"),
      dockerChunks: firstUse("src/docker/dockerEngine.ts"),
      buildkitClient: { value: sizeOfSources(outputs, buildkitSources), unit: "B", goal: 80_000 },
    };
  },
};
