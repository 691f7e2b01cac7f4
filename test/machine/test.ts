import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { unpackedPrograms } from "./engineFiles.js";
import { usualEngine } from "./engineKinds.js";
import { outFolder, projectFolder } from "./folders.js";
import { installSystem } from "./installSystem.js";
import { keep } from "./keeper.js";
import { startTestEngines, type TestEngines } from "./startTestEngines.js";
import { checks, findBlockedFiles, suiteNames, suiteNeeds, type SuiteName } from "./suites.js";
import { add, tallyOne, tallySuite, tallyVitest, type Tally } from "./tally.js";

/*
 * `npm test`: installs what the tests need, builds, runs every stage and adds up. The last line is
 * `N passed, N failed`. `npm test -- unit contract` runs only the named stages. Exit code 1 when
 * anything failed, 130 when it was stopped.
 */
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

const isEngineNamed = (process.env["ECR_TEST_DOCKER_HOSTS"] ?? "") !== "";
const needed = new Set(wanted.flatMap((suite) => suiteNeeds[suite]));
const absent = new Map(await installSystem([...needed]));
const engines = await startEngines();
const skippedEngines = [...(engines?.missing ?? [])].map(
  ([name, reason]) => `test/contract on ${name}: ${reason}`,
);
let total: Tally = { passed: 0, failed: 0, skipped: skippedEngines };
try {
  title("build");
  const built = tallyOne((await run("npm", ["run", "--silent", "build"])) === 0);
  total = add(total, built);
  for (const suite of wanted) {
    if (stopped.signal.aborted) break;
    total = add(total, await runSuite(suite));
  }
} finally {
  await engines?.stop();
}

if (stopped.signal.aborted) {
  console.log("Stopped.");
  process.exit(130);
}
if (total.skipped.length > 0) {
  console.log(`\n${total.skipped.length} skipped:`);
  for (const line of total.skipped) console.log(`  ${line}`);
}
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
  if (isEngineNamed) {
    absent.delete("engine");
    return undefined;
  }
  // What people see and do is the same with every engine, and slow to try. Not every test holds on
  // every kind yet, so the others are asked for.
  const areWanted = process.env["ECR_TEST_ENGINES"] === "all" && wanted.includes("contract");
  const kinds = areWanted ? "all kinds" : "the usual one";
  const started = await startTestEngines(kinds, absent);
  process.env["ECR_TEST_DOCKER_HOSTS"] = started.hosts.join(",");
  const reason = started.missing.get(usualEngine.name) ?? "No engine is here.";
  if (started.hosts.length > 0) absent.delete("engine");
  else absent.set("engine", `${reason} Or name an engine in ECR_TEST_DOCKER_HOSTS.`);
  return started;
}

async function runSuite(suite: SuiteName): Promise<Tally> {
  if (suite === "checks") {
    let tally: Tally = { passed: 0, failed: 0, skipped: [] };
    for (const check of checks) {
      title(check);
      const code = await run("npm", ["run", "--silent", check]);
      if (code !== 0) console.log(`${check} failed`);
      tally = add(tally, tallyOne(code === 0));
    }
    return tally;
  }
  title(suite);
  const report = path.join(outFolder, `${suite}.json`);
  await mkdir(outFolder, { recursive: true });
  await rm(report, { force: true });
  if (suite === "vscode") {
    const reason = absent.get("browser");
    if (reason !== undefined) return { passed: 0, failed: 0, skipped: [`test/vscode: ${reason}`] };
    return tallySuite(report, await run("npm", ["run", "--silent", "test:vscode"]));
  }
  const blocked = await findBlockedFiles(suite, absent);
  const code = await run("npx", [
    ...["vitest", "run", "--project", suite],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ...[...blocked.keys()].map((file) => `--exclude=${file}`),
  ]);
  const tally = await tallyVitest(report, code);
  return { ...tally, skipped: [...tally.skipped, ...[...blocked].map((pair) => pair.join(": "))] };
}

/** Runs a program that writes to this terminal and returns its exit code. */
async function run(command: string, args: readonly string[]): Promise<number> {
  const nowhere = path.join(outFolder, "nowhere");
  // Temporary files of tests that were stopped midway go with it.
  const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-stage-"));
  // Tests that give up root for a moment still reach their files.
  await chmod(folder, 0o755);
  const child = spawn(command, args, {
    cwd: projectFolder,
    // A group of its own, so that a stop reaches what npm and npx start in between.
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
    env: {
      ...process.env,
      // The user's own AWS and Docker settings take no part in tests.
      AWS_PROFILE: undefined,
      AWS_CONFIG_FILE: path.join(nowhere, "aws-config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(nowhere, "aws-credentials"),
      AWS_EC2_METADATA_DISABLED: "true",
      DOCKER_CONFIG: path.join(nowhere, "docker"),
      TMPDIR: folder,
      PATH: [process.env["PATH"], unpackedPrograms].join(path.delimiter),
    },
  });
  const ended = new Promise<number>((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
  if (child.pid === undefined) {
    await rm(folder, { recursive: true });
    return ended;
  }
  const end = keep({ leader: child.pid, folder });
  const isStopped = new Promise<number>((resolve) => {
    if (stopped.signal.aborted) resolve(130);
    stopped.signal.addEventListener("abort", () => {
      resolve(130);
    });
  });
  const code = await Promise.race([ended, isStopped]);
  await end();
  return code;
}

function title(name: string): void {
  console.log(`\n── ${name}`);
}
