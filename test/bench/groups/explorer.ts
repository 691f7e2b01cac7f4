import { ExplorerRig, type ImageRowsCost, type ReadingCost } from "../explorerRig.js";
import { typeRepositoryFilter } from "../repositoryFilter.js";
import type { BenchGroup, Figures } from "../figure.js";
import { medianFigure } from "../medianFigure.js";

/**
 * What reading 10,000 repositories, and a repository of 100,000 images, takes, with 20 ms more per
 * AWS call; against the pages alone, and against the way of the AWS Toolkit. Then what filtering,
 * sorting and finding those images hold the event loop for.
 */
export const group: BenchGroup = {
  needs: [],
  async measure(run) {
    const rig = await ExplorerRig.start(run);
    const few = Math.ceil(run.runs / 3);
    run.say(`Reading repositories, ${few} times`);
    const repositories = await inTurns(few, (way) => rig.readRepositories(way));
    run.say("Counting the round trips before the first repositories, and typing a filter");
    const roundTrips = await rig.countRoundTrips();
    const keys = typeRepositoryFilter(Math.ceil(10_000 * run.scale));
    run.say(`Reading images, ${few} times`);
    const images = await inTurns(few, (way) => rig.readImages(way));
    run.say(`Filtering, sorting and finding images, ${few} times`);
    const rows: ImageRowsCost[] = [];
    for (let turn = 0; turn < few; turn++) rows.push(await rig.arrangeImages());
    const held = (of: (cost: ImageRowsCost) => number, note: string): Figures[string] =>
      medianFigure(rows.map(of), "ms", { note, goal: 50 });
    return {
      ...figures("repositories", repositories, 1.1),
      ...figures("images", images, 1.2),
      firstRowsRoundTrips: { value: roundTrips, unit: "calls", goal: 1 },
      repositoryFilterMs: medianFigure(keys, "ms", { note: "a key over 10,000 names", goal: 50 }),
      heapMB: medianFigure(
        images.map(({ ours }) => ours.heapMb),
        "MB",
        { goal: 60 },
      ),
      indexedHeapMB: medianFigure(
        rows.map(({ heapMb }) => heapMb),
        "MB",
        { note: "with what Find Image… knows", goal: 60 },
      ),
      filterMs: held(({ filterMs }) => filterMs, "longest hold of a key"),
      sortMs: held(({ sortMs }) => sortMs, "longest hold, by tag"),
      findMs: held(({ findMs }) => findMs, "longest hold of a key"),
      blockMs: medianFigure(
        images.map(({ ours }) => ours.blockMs),
        "ms",
        { goal: 50 },
      ),
      blockWorkMs: medianFigure(
        images.map(({ ours }) => ours.workMs),
        "ms",
        { goal: 50 },
      ),
      "heap/peer": medianFigure(
        images.map(({ ours, peer }) => ours.heapMb / peer.heapMb),
        "ratio",
      ),
    };
  },
};

type Way = "ours" | "pages" | "peer";
type Turn = Readonly<Record<Way, ReadingCost>>;

/** Reads in all ways, one after another, so that what else the machine does hits each alike. */
async function inTurns(
  turns: number,
  read: (way: Way) => Promise<ReadingCost>,
): Promise<readonly Turn[]> {
  const all: Turn[] = [];
  for (let turn = 0; turn < turns; turn++) {
    all.push({ ours: await read("ours"), pages: await read("pages"), peer: await read("peer") });
  }
  return all;
}

function figures(name: string, turns: readonly Turn[], goal: number): Figures {
  const ratio = (over: (turn: Turn) => number, note?: string, limit?: number): Figures[string] =>
    medianFigure(turns.map(over), "ratio", {
      ...(note === undefined ? {} : { note }),
      ...(limit === undefined ? {} : { goal: limit }),
    });
  return {
    [`${name}.firstRows/onePage`]: ratio(
      ({ ours, pages }) => ours.firstMs / pages.firstMs,
      "1 is one round trip",
      1.1,
    ),
    [`${name}.all/pages`]: ratio(({ ours, pages }) => ours.totalMs / pages.totalMs, "", goal),
    [`${name}.firstRows/peer`]: ratio(({ ours, peer }) => ours.firstMs / peer.firstMs),
    [`${name}.allMs`]: medianFigure(
      turns.map(({ ours }) => ours.totalMs),
      "ms",
    ),
  };
}
