import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/** What tests did, added up. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** One line for each test or test file that didn't run, with the reason where there is one. */
  readonly skipped: readonly string[];
  /** One line for each failure that has a name: what failed, and how its error begins. */
  readonly failures: readonly string[];
  /** The same for tests that failed once and passed when they were run again. */
  readonly retried: readonly string[];
}

/** How much of an error is told at the end, in characters; the rest is in the stage's output. */
const TOLD_LENGTH = 700;

/** The part of Vitest's JSON report that counts: https://vitest.dev/guide/reporters#json-reporter */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly meta?: { readonly reason?: string };
      /** Errors of earlier tries too, even where the last one passed. */
      readonly failureMessages?: readonly string[];
    }[];
    readonly message?: string;
  }[];
}

/** Adds two tallies. */
export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
    failures: [...one.failures, ...other.failures],
    retried: [...one.retried, ...other.retried],
  };
}

/** A tally of nothing. */
export const nothing: Tally = { passed: 0, failed: 0, skipped: [], failures: [], retried: [] };

/** Counts a thing that is right or wrong as a whole. */
export function tallyOne(name: string, isRight: boolean): Tally {
  return isRight ? { ...nothing, passed: 1 } : { ...nothing, failed: 1, failures: [name] };
}

/** Counts what didn't run, with its reason. */
export function tallySkipped(skipped: readonly string[]): Tally {
  return { ...nothing, skipped };
}

/** Counts what Vitest reported. A file that couldn't be loaded counts as one failure. */
export async function tallyVitest(reportFile: string, exitCode: number): Promise<Tally> {
  const report = await read<VitestReport>(reportFile);
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const unloaded = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed"),
  );
  const tell = (status: string): string[] =>
    tests
      .filter((test) => test.status === status && (test.failureMessages?.length ?? 0) > 0)
      .map((test) => tellError(test.fullName, test.failureMessages?.[0]));
  return settle(reportFile, exitCode, {
    passed: count("passed"),
    failed: count("failed") + unloaded.length,
    skipped: tests
      .filter((test) => !["passed", "failed"].includes(test.status))
      .map(({ fullName, meta }) => [fullName, meta?.reason ?? []].flat().join(": ")),
    failures: [...tell("failed"), ...unloaded.map((file) => tellError(file.name, file.message))],
    retried: tell("passed"),
  });
}

/** Counts what the suite in the extension host reported. */
export async function tallySuite(reportFile: string, exitCode: number): Promise<Tally> {
  return settle(reportFile, exitCode, { ...nothing, ...(await read<Partial<Tally>>(reportFile)) });
}

/** A run that crashed, or that ran no test, is a failure even where no test says so. */
function settle(reportFile: string, exitCode: number, tally: Tally): Tally {
  const isSilent = tally.failed === 0 && (exitCode !== 0 || tally.passed === 0);
  if (!isSilent) return tally;
  const crash = `${path.basename(reportFile, ".json")} ended with exit code ${exitCode}`;
  return { ...tally, failed: 1, failures: [`${crash}, and no test says why`] };
}

function tellError(name: string, error = ""): string {
  return `${name}: ${error.slice(0, TOLD_LENGTH)}`;
}

async function read<Report>(file: string): Promise<Report | undefined> {
  if (!existsSync(file)) return undefined;
  return JSON.parse(await readFile(file, "utf8")) as Report;
}
