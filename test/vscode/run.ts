import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { refuseCanary } from "../machine/findCanary.js";
import { outFolder, projectFolder } from "../machine/folders.js";
import { findCodeExecutable } from "../machine/vscode/findCodeExecutable.js";
import { copySampleWorkspace } from "../playground/copySampleWorkspace.js";
import { bundleSuite } from "./bundleSuite.js";
import { outputVariable, resultVariable } from "./suiteResult.js";

/*
 * Runs test/vscode/suite in the extension host of a real VS Code, and leaves the counts in
 * out/vscode.json. Its exit code is 0 only when the suite ran to its end and nothing failed.
 */
const resultFile = path.join(outFolder, "vscode.json");
await rm(resultFile, { force: true });
const runner = await bundleSuite();
const code = await findCodeExecutable();
console.log(`VS Code: ${code.name}`);
const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-vscode-"));
const outputFile = path.join(folder, "output.txt");
await writeFile(outputFile, "");
const workspaceFolder = path.join(folder, "workspace");
await copySampleWorkspace(workspaceFolder);
let failure = "";
try {
  await runTests({
    vscodeExecutablePath: code.executable,
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: runner,
    launchArgs: [
      workspaceFolder,
      "--disable-extensions",
      `--user-data-dir=${path.join(folder, "user")}`,
      `--extensions-dir=${path.join(folder, "extensions")}`,
    ],
    extensionTestsEnv: { [resultVariable]: resultFile, [outputVariable]: outputFile },
  });
} catch (error) {
  failure = String(error);
}
await print(outputFile);
await refuseCanary([folder, outFolder]).catch((error: unknown) => {
  failure ||= String(error);
});
await rm(folder, { recursive: true, force: true });
if (!existsSync(resultFile)) failure = `the suite did not run to its end. ${failure}`;
else if ((JSON.parse(await readFile(resultFile, "utf8")) as { failed: number }).failed > 0) {
  failure ||= "tests failed";
}
if (failure !== "") {
  console.error(failure);
  process.exitCode = 1;
}

async function print(file: string): Promise<void> {
  const handle = await open(file);
  for await (const line of handle.readLines()) console.log(line);
}
