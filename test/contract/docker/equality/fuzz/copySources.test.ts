import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../../../machine/engineApi.js";
import { findPeerBuildx } from "../../../../machine/findPeerBuildx.js";
import { buildKitsUnderTest, makeFolder } from "../../engineUnderTest.js";
import { buildWithOurs, buildxClient } from "../clients.js";
import { writeTree } from "../tree.js";
import { makeCopyCase } from "./copyCase.js";
import { fuzzCases, fuzzMinutes, fuzzSeed } from "./fuzzSettings.js";
import { Random } from "./random.js";

const buildx = findPeerBuildx();
/** Each is two builds, so there are fewer of them. */
const count = Math.ceil(fuzzCases() / 12);

describe.skipIf(buildx === undefined).each(await buildKitsUnderTest())(
  `random sources of COPY with links, against buildx on $label${buildx ? "" : " (skipped: no buildx)"}`,
  ({ host }) => {
    const theirs = buildxClient(buildx ?? "");
    it(
      `make the same images of ${count} contexts`,
      async () => {
        let built = 0;
        for (let seed = fuzzSeed(); seed < fuzzSeed() + count; seed++) {
          const tree = makeCopyCase(new Random(seed));
          const folder = await makeFolder();
          await writeTree(folder, tree, randomUUID());
          const one = { name: String(seed), tree };
          const ids: (string | undefined)[] = [];
          for (const client of seed % 2 === 0 ? [buildWithOurs, theirs] : [theirs, buildWithOurs]) {
            // A source that leads nowhere ends the build, with either client.
            ids.push(await client(host, folder, one).catch(noneIfNowhere));
          }
          expect(ids[0], `seed ${seed}: ${JSON.stringify(tree)}`).toBe(ids[1]);
          if (ids[0] === undefined) continue;
          built++;
          await openEngine(host).getImage(ids[0]).remove({ force: true });
        }
        expect(built).toBeGreaterThan(count / 5);
      },
      fuzzMinutes(),
    );
  },
);

function noneIfNowhere(error: unknown): undefined {
  if (
    !/not found|no such file|no source files|too many (?:sym)?links|non-directory|cannot replace/i.test(
      String(error),
    )
  )
    throw error;
}
