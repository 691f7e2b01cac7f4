/**
 * What `npm start`, `npm test` and `npm run bench` call. It runs before anything is installed, so it
 * is plain JavaScript and imports only what Node has: it checks Node, installs the packages when
 * they are missing or older than package-lock.json, and hands over to TypeScript.
 */
import { spawn } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";

const project = path.resolve(import.meta.dirname ?? ".", "..", "..");
const programs = {
  start: "test/machine/start.ts",
  test: "test/machine/test.ts",
  bench: "test/bench/main.ts",
};

const [name = "", ...args] = process.argv.slice(2);
const program = programs[/** @type {keyof typeof programs} */ (name)];
if (program === undefined) fail(`Usage: node test/machine/bootstrap.mjs start|test|bench`);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or newer is needed; this is ${process.versions.node}. See https://nodejs.org.`);
}

if (modifiedAt("node_modules/.package-lock.json") < modifiedAt("package-lock.json")) {
  console.log("Packages: npm ci, into node_modules/ (their install scripts don't run)");
  // On Windows npm is a .cmd file, which only a shell can start.
  await run("npm", ["ci", "--ignore-scripts"], { shell: process.platform === "win32" });
}
await run(process.execPath, ["--import", "tsx", program, ...args], {});

/**
 * When a file of the project was written, in ms; 0 when it isn't there.
 * @param {string} file
 */
function modifiedAt(file) {
  return statSync(path.join(project, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * Runs a program to its end and ends with its exit code when that isn't 0.
 * @param {string} command
 * @param {string[]} line
 * @param {{ shell?: boolean }} options
 */
function run(command, line, options) {
  return new Promise((resolve) => {
    const child = spawn(command, line, { cwd: project, stdio: "inherit", ...options });
    // From a terminal, Ctrl+C reaches the child twice; it counts the first.
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => void child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    child.once("error", (error) => fail(`${command} can't be started: ${error.message}`));
    child.once("exit", (code, signal) => {
      process.off("SIGINT", forward).off("SIGTERM", forward);
      if (code === 0) resolve(undefined);
      else process.exit(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

/**
 * Ends with one sentence.
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
