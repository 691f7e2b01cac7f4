import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Outside VS Code there is no module of this name. */
const vscode = fileURLToPath(new URL("test/fakes/vscode.ts", import.meta.url));

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { vscode } },
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          // Some make thousands of files, which a busy machine takes its time for.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          globalSetup: "test/contract/globalSetup.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Real engines share few cores; a second try is told by name at the end of the run.
          retry: 1,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "ui",
          include: ["test/ui/**/*.test.ts"],
          globalSetup: "test/contract/globalSetup.ts",
          testTimeout: 180_000,
          hookTimeout: 180_000,
          retry: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
