import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** What tests did, added up. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** One line for each test or test file that didn't run, with the reason where there is one. */
  readonly skipped: readonly string[];
}

/** The part of Vitest's JSON report that counts: https://vitest.dev/guide/reporters#json-reporter */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly meta?: { readonly reason?: string };
    }[];
  }[];
}

/** Adds two tallies. */
export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
  };
}

/** Counts a thing that is right or wrong as a whole. */
export function tallyOne(isRight: boolean): Tally {
  return { passed: isRight ? 1 : 0, failed: isRight ? 0 : 1, skipped: [] };
}

/** Counts what Vitest reported. A file that couldn't be loaded counts as one failure. */
export async function tallyVitest(reportFile: string, exitCode: number): Promise<Tally> {
  const report = await read<VitestReport>(reportFile);
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const unloaded = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed"),
  ).length;
  return settle(exitCode, {
    passed: count("passed"),
    failed: count("failed") + unloaded,
    skipped: tests
      .filter((test) => !["passed", "failed"].includes(test.status))
      .map(({ fullName, meta }) => [fullName, meta?.reason ?? []].flat().join(": ")),
  });
}

/** Counts what the suite in the extension host reported. */
export async function tallySuite(reportFile: string, exitCode: number): Promise<Tally> {
  return settle(exitCode, (await read<Tally>(reportFile)) ?? { passed: 0, failed: 0, skipped: [] });
}

/** A run that crashed, or that ran no test, is a failure even where no test says so. */
function settle(exitCode: number, tally: Tally): Tally {
  const isSilent = tally.failed === 0 && (exitCode !== 0 || tally.passed === 0);
  return isSilent ? { ...tally, failed: 1 } : tally;
}

async function read<Report>(file: string): Promise<Report | undefined> {
  if (!existsSync(file)) return undefined;
  return JSON.parse(await readFile(file, "utf8")) as Report;
}
