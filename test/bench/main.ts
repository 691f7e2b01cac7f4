import { writeFile } from "node:fs/promises";
import os from "node:os";
import { parseArgs } from "node:util";
import { installSystem } from "../machine/installSystem.js";
import { BenchRun } from "./benchRun.js";
import type { Figure } from "./figure.js";
import { listGroups, loadGroup } from "./findGroups.js";
import { formatTable } from "./formatTable.js";

/*
 * `npm run bench -- [NAME…] [--runs N] [--scale X] [--json FILE]` measures the named groups, or all of them,
 * prints a table and writes the figures. Figures that miss their goal don't fail it: a busy machine
 * is no defect. Exit code 1 when a group could not be measured, 2 when it was called wrongly.
 */
const defaultRuns = 9;
const known = await listGroups();
const { names, runs, scale, json } = readArguments();
const run = new BenchRun(runs, scale);
const stopped = new AbortController();
const isStopped = (): boolean => stopped.signal.aborted;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stopped.abort();
    // What is under way fails when its engine or its window is gone.
    void run.close();
  });
}

const groups = await Promise.all(
  names.map(async (name) => ({ name, group: await loadGroup(name) })),
);
const hasEngine = (process.env["ECR_TEST_DOCKER_HOSTS"] ?? "") !== "";
const needs = new Set(groups.flatMap(({ group }) => [...group.needs, ...(group.wants ?? [])]));
if (hasEngine) needs.delete("engine");
const absent = await installSystem([...needs]);
const figures: Record<string, Figure> = {};
const loads = [os.loadavg()[0] ?? 0];
try {
  for (const { name, group } of groups) {
    if (isStopped()) break;
    const missing = group.needs.find((part) => absent.has(part));
    if (missing !== undefined) {
      run.say(`${name} is not measured. ${absent.get(missing) ?? ""}`);
      process.exitCode = 1;
      continue;
    }
    try {
      for (const [figure, value] of Object.entries(await group.measure(run))) {
        figures[`${name}.${figure}`] = value;
      }
    } catch (error) {
      if (isStopped()) break;
      run.say(`${name} could not be measured: ${String(error)}`);
      process.exitCode = 1;
    }
    loads.push(os.loadavg()[0] ?? 0);
  }
} finally {
  await run.close();
}

if (isStopped()) {
  console.log("Stopped.");
  process.exit(130);
}
if (Object.keys(figures).length > 0) console.log(`\n${formatTable(figures)}`);
const load = loads.map((value) => value.toFixed(1)).join(", ");
if (scale !== 1) console.log(`\nScale ${scale}: goals are for scale 1.`);
console.log(`\n${os.cpus().length} cores, load ${load}, Node ${process.versions.node}`);
if (json !== undefined) {
  const plain = Object.entries(figures).map(([name, { value, unit, n }]) => [
    name,
    { value, unit, ...(n === undefined ? {} : { n }) },
  ]);
  await writeFile(json, `${JSON.stringify(Object.fromEntries(plain), undefined, 2)}\n`);
}

interface Arguments {
  readonly names: readonly string[];
  readonly runs: number;
  readonly scale: number;
  readonly json: string | undefined;
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        runs: { type: "string" },
        scale: { type: "string" },
        json: { type: "string" },
      },
    });
    const unknown = positionals.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new Error(`Unknown: ${unknown.join(", ")}. The groups are ${known.join(", ")}.`);
    }
    const count = Number(values.runs ?? defaultRuns);
    if (!Number.isInteger(count) || count < 1) throw new Error("--runs takes a count from 1 on.");
    const scale = Number(values.scale ?? 1);
    if (!(scale > 0 && scale <= 1)) throw new Error("--scale takes a number above 0, up to 1.");
    const chosen = known.filter((name) => positionals.length === 0 || positionals.includes(name));
    return { names: chosen, runs: count, scale, json: values.json };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
