import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, it, type TestContext } from "vitest";
import { importBaseImages } from "../../../machine/baseImages.js";
import { openEngine } from "../../../machine/engineApi.js";
import { findPeerBuildx } from "../../../machine/findPeerBuildx.js";
import { buildKitsUnderTest } from "../engineUnderTest.js";
import { copies } from "./cases/copies.js";
import { dockerfiles } from "./cases/dockerfiles.js";
import { ignoreFiles } from "./cases/ignoreFiles.js";
import { instructions } from "./cases/instructions.js";
import { mounts } from "./cases/mounts.js";
import { oddFiles } from "./cases/oddFiles.js";
import { stages } from "./cases/stages.js";
import { buildWithOurs, buildxClient, type Client } from "./clients.js";
import type { EqualityCase } from "./equalityCase.js";
import { writeTree } from "./tree.js";

const CASES: Readonly<Record<string, readonly EqualityCase[]>> = {
  instructions,
  copies,
  mounts,
  stages,
  dockerfiles,
  "ignore files": ignoreFiles,
  "odd files": oddFiles,
};
const buildx = findPeerBuildx();
const engines = await Promise.all(
  (await buildKitsUnderTest()).map(async (engine) => ({
    ...engine,
    fixesDates: await fixesDates(engine.host),
  })),
);
const why = buildx === undefined ? " (skipped: there is no buildx to compare with)" : "";

describe.skipIf(buildx === undefined).each(engines)(
  `our client and buildx on $label${why}`,
  ({ host, fixesDates }) => {
    const theirs = buildxClient(buildx ?? "");
    beforeAll(() => importBaseImages(host));

    describe.concurrent.each(Object.entries(CASES))("%s", (_name, cases) => {
      // An image's id holds the time of its build: when two are equal, the second build took all
      // from the cache of the first one, and so all that was sent was the same to the byte.
      it.for(numbered(cases))("%s", async ([, one, index], context) => {
        const [first, second] = index % 2 === 0 ? [buildWithOurs, theirs] : [theirs, buildWithOurs];
        const folder = await makeCase(one, context);
        const build = (client: Client): Promise<string> => client(host, folder, one);
        const fail = async (reason: RegExp): Promise<void> => {
          for (const client of [first, second]) {
            await context.expect(build(client)).rejects.toThrow(reason);
          }
        };
        if (one.failure !== undefined) {
          await fail(one.failure);
          return;
        }
        const id = await build(first).catch(async (error: unknown) => {
          if (one.refusal?.test(String(error)) !== true) throw error;
          await fail(one.refusal);
          return context.skip("the engine's Dockerfile frontend does not know this");
        });
        removeLater(id, context);
        context.expect(await build(second)).toBe(id);
      });
    });

    const old = fixesDates ? "" : " (skipped: the engine can't fix dates)";
    describe.skipIf(!fixesDates).concurrent(`without a cache, at a fixed date${old}`, () => {
      const cases = Object.values(CASES).flat();
      const reproducible = cases.filter((one) => one.reproducible === true);
      it.for(numbered(reproducible))("%s", async ([, one], context) => {
        const options = { ...one.options, buildArgs: { ...one.options?.buildArgs, ...DATE } };
        const folder = await makeCase(one, context);
        const build = (client: Client): Promise<string> =>
          client(host, folder, { ...one, options }, { noCache: true });
        const ours = await build(buildWithOurs);
        removeLater(ours, context);
        context.expect(await build(theirs)).toBe(ours);
      });
    });

    // All at the end: what containerd collects after a removal may be the cache of a build that
    // another test has under way.
    const made = new Set<string>();
    afterAll(async () => {
      const remove = async (id: string): Promise<void> => {
        await openEngine(host).getImage(id).remove({ force: true }).catch(ignoreMissing);
      };
      await Promise.all([...made].map(remove));
    });

    function removeLater(id: string, { expect }: TestContext): void {
      expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
      made.add(id);
    }
  },
);

const DATE = { SOURCE_DATE_EPOCH: "1700000000" };

function numbered(cases: readonly EqualityCase[]): [string, EqualityCase, number][] {
  return cases.map((one, index) => [one.name, one, index]);
}

/** Makes the tree of a case in a folder of its own, with something in it that no cache knows. */
async function makeCase(one: EqualityCase, { onTestFinished }: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "ecr-equal-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeTree(folder, one.tree, randomUUID());
  return folder;
}

/** Dates can be fixed from BuildKit 0.11 on, which is in Docker Engine 23. */
async function fixesDates(host: string): Promise<boolean> {
  return Number.parseInt((await openEngine(host).version()).Version) >= 23;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && "statusCode" in error && error.statusCode === 404)) throw error;
}
