import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findPeerBuildx } from "../../../../machine/findPeerBuildx.js";
import { newerEngineFolder } from "../../../../machine/newerEngineFiles.js";
import { buildKitsUnderTest, makeFolder } from "../../engineUnderTest.js";
import { writeTree } from "../tree.js";
import { ArchiveLister } from "./archiveWithCli.js";
import { copyWithBuildx } from "./copyWithBuildx.js";
import { fuzzCases, fuzzMinutes, fuzzSeed } from "./fuzzSettings.js";
import { makeIgnoreCase } from "./ignoreCase.js";
import { predictArchive, predictSync } from "./predict.js";
import { Random } from "./random.js";

/** Folders that one build copies, each a layer. */
const BATCH = 60;
const buildx = findPeerBuildx();
const cli = path.join(newerEngineFolder, "usr", "bin", "docker");
const never = new AbortController().signal;

/** A folder with an ignore file, and what we make of it: what is left, or why the file is none. */
interface Prediction {
  readonly seed: number;
  readonly folder: string;
  readonly rules: string;
  readonly files: readonly string[] | Error;
}

describe.skipIf(buildx === undefined).each(await buildKitsUnderTest())(
  `random ignore files, against what buildx copies with $label${buildx ? "" : " (skipped: no buildx)"}`,
  ({ host }) => {
    const peer = buildx ?? "";
    it(
      `leave the same of ${fuzzCases()} folders`,
      async ({ skip }) => {
        let seed = fuzzSeed();
        for (let left = fuzzCases(); left > 0; left -= BATCH) {
          const cases = await predictAll(seed, Math.min(left, BATCH), predictSync);
          seed += cases.length;
          const copied = cases.filter(({ files }) => !(files instanceof Error));
          const folders = copied.map(({ folder }) => folder);
          const theirs = await copyWithBuildx(peer, host, folders).catch((error: unknown) => {
            // Named contexts came with Docker Engine 23.
            if (/unsupported frontend capability \S*contexts/.test(String(error))) {
              return skip("the engine knows no named contexts");
            }
            throw error;
          });
          for (const [index, { seed: from, rules, files }] of copied.entries()) {
            expect(files, `seed ${from}: ${JSON.stringify(rules)}`).toEqual(theirs[index]);
          }
          for (const { seed: from, folder, rules, files } of cases) {
            if (!(files instanceof Error)) continue;
            const attempt = await settle(copyWithBuildx(peer, host, [folder]));
            const what = `seed ${from}: ${JSON.stringify(rules)}`;
            expect(attempt, what).toMatch(/syntax error in pattern|illegal exclusion pattern/);
          }
        }
      },
      fuzzMinutes(),
    );
  },
);

describe.skipIf(!existsSync(cli))(
  `random ignore files, against the archive of the docker CLI${existsSync(cli) ? "" : " (skipped: it is not unpacked)"}`,
  () => {
    it(
      `leave the same of ${fuzzCases()} folders`,
      async () => {
        const lister = await ArchiveLister.start(cli);
        try {
          const cases = await predictAll(fuzzSeed(), fuzzCases(), predictArchive);
          for (const { seed, folder, rules, files } of cases) {
            const theirs = await settle(lister.list(folder));
            const what = `seed ${seed}: ${JSON.stringify(rules)}`;
            if (files instanceof Error) expect(theirs, what).toBeTypeOf("string");
            else expect(asList(theirs), what).toEqual(files.filter(isNoPart));
          }
        } finally {
          await lister.close();
        }
      },
      fuzzMinutes(),
    );
  },
);

/** Returns what a client copied, or what it says when it fails. */
function settle(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => String(error));
}

function asList(names: unknown): unknown {
  return Array.isArray(names) ? names.filter((name) => isNoPart(String(name))) : names;
}

/** The CLI sends the files of the build itself whatever the rules say; the engine drops them. */
function isNoPart(name: string): boolean {
  return name !== "Dockerfile" && name !== ".dockerignore";
}

async function predictAll(
  firstSeed: number,
  count: number,
  predict: (folder: string, rules: string, signal: AbortSignal) => Promise<string[]>,
): Promise<Prediction[]> {
  const parent = await makeFolder();
  const predictions: Prediction[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const { tree, rules } = makeIgnoreCase(new Random(seed));
    const folder = path.join(parent, String(seed));
    await mkdir(folder);
    const own = { Dockerfile: "FROM scratch\n", ".dockerignore": rules };
    await writeTree(folder, { ...tree, ...own }, "");
    const files = await predict(folder, rules, never).catch((error: unknown) => asError(error));
    predictions.push({ seed, folder, rules, files });
  }
  // Rules that leave everything, or nothing, would prove nothing.
  const all = predictions.map(({ files }) => (files instanceof Error ? 0 : files.length));
  expect(new Set(all).size).toBeGreaterThan(5);
  return predictions;
}

function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  throw error;
}
