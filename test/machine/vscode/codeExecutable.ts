import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { resultVariable } from "../../vscode/suiteResult.js";
import { runSuiteInServer } from "./runSuiteInServer.js";

/*
 * Stands in for the `code` executable where there is no desktop VS Code: @vscode/test-electron
 * starts it with the command line of a test run, and it runs the suite in a VS Code server.
 * Its exit code says how the suite ended, see `SuiteEnd`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    extensionDevelopmentPath: { type: "string", multiple: true },
    extensionTestsPath: { type: "string" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
  },
});
const testsFile = values.extensionTestsPath;
const resultFile = process.env[resultVariable];
if (typeof testsFile !== "string" || resultFile === undefined) {
  console.error(`Only test runs: --extensionTestsPath=FILE, with ${resultVariable} set.`);
  process.exit(64);
}
const userFolder = values["user-data-dir"];
const end = await runSuiteInServer({
  extensionFolders: (values.extensionDevelopmentPath ?? []).map(String).map(toPath),
  testsFile: toPath(testsFile),
  folder: positionals[0],
  userFolder: typeof userFolder === "string" ? userFolder : undefined,
  resultFile,
  timeoutMs: 600_000,
});
if (end.exitCode !== 0) console.error(`VS Code server: ${end.reason}`);
process.exit(end.exitCode);

function toPath(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}
