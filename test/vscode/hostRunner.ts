import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import { outputVariable, resultVariable, type SuiteResult } from "./suiteResult.js";

/**
 * Runs the bundled tests beside this file with Mocha; VS Code calls it in its extension host.
 *
 * The result file is the proof that the suite ended: VS Code reports success when the extension host
 * crashes. What the tests print goes to a file, since VS Code mixes its own log into the console.
 */
export async function run(): Promise<void> {
  const resultFile = process.env[resultVariable];
  const outputFile = process.env[outputVariable];
  if (resultFile === undefined || outputFile === undefined) {
    throw new Error(`${resultVariable} and ${outputVariable} must name files`);
  }
  printTo(outputFile);
  // Mocha is an ES module, and this file is bundled as CommonJS for the extension host.
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, failZero: true, color: false });
  const here = readdirSync(__dirname).filter((name) => name.endsWith(".test.cjs"));
  for (const name of here.sort()) mocha.addFile(path.join(__dirname, name));
  const result = await new Promise<SuiteResult>((resolve) => {
    const skipped: string[] = [];
    const failed: string[] = [];
    const runner = mocha.run((failures) => {
      const passed = runner.stats?.passes ?? 0;
      // With failZero, no test at all is one failure that no statistic counts.
      resolve({ passed, failed: failures, skipped, failures: failed });
    });
    runner.on("pending", (test) => skipped.push(test.fullTitle()));
    runner.on("fail", (test, error: Error) => {
      failed.push(`${test.fullTitle()}: ${error.message}`);
    });
  });
  writeFileSync(resultFile, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}

/** Sends what is printed to a file. VS Code locks `console`'s methods, so the object is replaced. */
function printTo(file: string): void {
  const print = (...values: unknown[]): void => {
    appendFileSync(file, `${format(...values)}\n`);
  };
  const replaced = Object.create(console, {
    log: { value: print },
    info: { value: print },
    warn: { value: print },
    error: { value: print },
  }) as Console;
  globalThis.console = replaced;
}
