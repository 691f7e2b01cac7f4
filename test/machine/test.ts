import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { usualEngine } from "./engineKinds.js";
import { findCanary } from "./findCanary.js";
import { outFolder } from "./folders.js";
import { installSystem } from "./installSystem.js";
import { runInTerminal } from "./runInTerminal.js";
import { type NamedEngine, startTestEngines, type TestEngines } from "./startTestEngines.js";
import {
  checks,
  findBlockedFiles,
  findEngineTests,
  suiteNames,
  suiteNeeds,
  type SuiteName,
} from "./suites.js";
import {
  add,
  nothing,
  tallyOne,
  tallySkipped,
  tallySuite,
  tallyVitest,
  type Tally,
} from "./tally.js";

/*
 * `npm test`: installs what the tests need, builds, runs every stage and adds up. The last line is
 * `N passed, N failed`. `npm test -- unit contract` runs only the named stages. Exit code 1 when
 * anything failed, 130 when it was stopped.
 */
/** Tests wait for engines most of the time, and two engines hardly wait for each other. */
const RUNS_AT_ONCE = 2;
const named = process.argv.slice(2);
const unknown = named.filter((name) => !suiteNames.some((suite) => suite === name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. The stages are ${suiteNames.join(", ")}.`);
  process.exit(1);
}
const wanted = suiteNames.filter((suite) => named.length === 0 || named.includes(suite));
const startedAt = Date.now();
const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopped.abort();
  });
}

const namedHosts = (process.env["ECR_TEST_DOCKER_HOSTS"] ?? "").split(",").filter(Boolean);
const needed = new Set(wanted.flatMap((suite) => suiteNeeds[suite]));
const absent = new Map(await installSystem([...needed]));
const engines = await startEngines();
const skippedEngines = [...(engines?.missing ?? [])].map(
  ([name, reason]) => `test/contract on ${name}: ${reason}`,
);
let total: Tally = tallySkipped(skippedEngines);
try {
  title("build");
  const built = tallyOne("build", (await run("npm", ["run", "--silent", "build"])) === 0);
  total = add(total, built);
  for (const suite of wanted) {
    if (stopped.signal.aborted) break;
    total = add(total, await runSuite(suite));
  }
} finally {
  await engines?.stop();
}
const canaries = await findCanary(outFolder);
for (const file of canaries) console.log(`A login token stands in ${file}.`);
total = add(total, tallyOne("no login token in what the run wrote", canaries.length === 0));

if (stopped.signal.aborted) {
  console.log("Stopped.");
  process.exit(130);
}
tellAtEnd("skipped", total.skipped);
tellAtEnd("passed when they were run again", total.retried);
// Last of all, for whoever sees only the end of the output.
tellAtEnd("failed", total.failures);
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(`\nTook ${Math.floor(seconds / 60)} min ${seconds % 60} s.`);
if (wanted.length === suiteNames.length) {
  // `npm run bench` shows it beside the other figures.
  await writeFile(
    path.join(outFolder, "test-times.json"),
    JSON.stringify({ wallSeconds: seconds }),
  );
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Engines for the stages that need them; those that the user names are used as they are. */
async function startEngines(): Promise<TestEngines | undefined> {
  if (!wanted.some((suite) => suiteNeeds[suite].includes("engine"))) return undefined;
  if (namedHosts.length > 0) {
    absent.delete("engine");
    return undefined;
  }
  // What people see and do is the same with every engine, and slow to try.
  const areWanted = process.env["ECR_TEST_ENGINES"] !== "one" && wanted.includes("contract");
  const kinds = areWanted ? "all kinds" : "the usual one";
  const started = await startTestEngines(kinds, absent);
  const reason = started.missing.get(usualEngine.name) ?? "No engine is here.";
  if (started.running.length > 0) absent.delete("engine");
  else absent.set("engine", `${reason} Or name an engine in ECR_TEST_DOCKER_HOSTS.`);
  return started;
}

async function runSuite(suite: SuiteName): Promise<Tally> {
  if (suite === "checks") {
    let tally = nothing;
    for (const check of checks) {
      title(check);
      const code = await run("npm", ["run", "--silent", check]);
      if (code !== 0) console.log(`${check} failed`);
      tally = add(tally, tallyOne(check, code === 0));
    }
    return tally;
  }
  title(suite);
  await mkdir(outFolder, { recursive: true });
  if (suite === "vscode") {
    const report = path.join(outFolder, `${suite}.json`);
    await rm(report, { force: true });
    const reason = absent.get("browser");
    if (reason !== undefined) return tallySkipped([`test/vscode: ${reason}`]);
    return tallySuite(report, await run("npm", ["run", "--silent", "test:vscode"]));
  }
  const blocked = await findBlockedFiles(suite, absent);
  let tally = tallySkipped([...blocked].map((pair) => pair.join(": ")));
  const runs = await planRuns(suite);
  const worker = async (): Promise<void> => {
    for (let next = runs.shift(); next && !stopped.signal.aborted; next = runs.shift()) {
      const told = await runVitest(suite, next, [...blocked.keys()]);
      // Only now: the other worker may have added to it meanwhile.
      tally = add(tally, told);
    }
  };
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, worker));
  return tally;
}

/** A run of a stage on one engine, or without one. */
interface VitestRun {
  readonly engine: NamedEngine | undefined;
  /** The files to run; empty for all. */
  readonly files: readonly string[];
  /** What marks its lines, where several runs write at once. */
  readonly prefix: string;
}

/** All of a stage on the first engine; on each of the others what depends on the engine. */
async function planRuns(suite: SuiteName): Promise<VitestRun[]> {
  const running = engines?.running ?? namedHosts.map((host) => ({ name: host, host }));
  const [first, ...others] = running;
  const whole = { engine: first, files: [], prefix: "" };
  if (suite !== "contract" || others.length === 0) return [whole];
  const files = await findEngineTests(suite);
  return [
    { ...whole, prefix: `${first?.name ?? ""}: ` },
    ...others.map((engine) => ({ engine, files, prefix: `${engine.name}: ` })),
  ];
}

async function runVitest(
  suite: SuiteName,
  { engine, files, prefix }: VitestRun,
  blocked: readonly string[],
): Promise<Tally> {
  const name = [suite, ...(prefix ? [engine?.name.replaceAll(/[^\w.-]+/g, "-")] : [])].join("-");
  const report = path.join(outFolder, `${name}.json`);
  await rm(report, { force: true });
  const code = await run(
    "npx",
    [
      ...["vitest", "run", "--project", suite, ...files],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      ...blocked.map((file) => `--exclude=${file}`),
    ],
    { prefix, env: { ECR_TEST_DOCKER_HOSTS: engine?.host } },
  );
  const tally = await tallyVitest(report, code);
  const mark = (lines: readonly string[]): string[] => lines.map((line) => `${prefix}${line}`);
  return {
    ...tally,
    skipped: mark(tally.skipped),
    failures: mark(tally.failures),
    retried: mark(tally.retried),
  };
}

function run(
  command: string,
  args: readonly string[],
  options: { readonly prefix?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  return runInTerminal(command, args, { ...options, signal: stopped.signal });
}

function tellAtEnd(what: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`\n${lines.length} ${what}:`);
  for (const line of lines) console.log(`  ${line.replaceAll("\n", "\n    ")}`);
}

function title(name: string): void {
  console.log(`\n── ${name}`);
}
