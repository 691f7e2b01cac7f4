import { findPeerBuildx } from "../../machine/findPeerBuildx.js";
import { type BuildClient, type BuildCost, BuildRig } from "../buildRig.js";
import type { BenchGroup, Figure, Figures } from "../figure.js";
import { interleave, type Pair } from "../interleave.js";
import { medianFigure } from "../medianFigure.js";

const megabyte = 1024 * 1024;
const size = { smallFiles: 20_000, largeFiles: 8, largeBytes: 64 * megabyte };
const huge = { smallFiles: 500_000, largeFiles: 0, largeBytes: 0 };

type Costs = Pair<BuildCost>;

/**
 * What a build costs with our BuildKit client, against buildx and against an archive of the context.
 *
 * The context has 20,000 small files and 0.5 GB of large ones, and as much again that is ignored. A
 * first build sends all of it; a build without a change sends nothing; the third sends one file.
 * The memory with half a million files is measured where `ECR_BENCH_HUGE` is set: they take minutes
 * to make. First builds are few, as each takes the engine a while.
 */
export const group: BenchGroup = {
  needs: ["engine", "Docker 26.1"],
  async measure(run) {
    const buildx = findPeerBuildx();
    if (buildx === undefined) throw new Error("there is no buildx to compare with");
    const rig = await BuildRig.make(run, buildx, size);
    const few = Math.ceil(run.runs / 3);

    run.say(`First builds, ${few} times`);
    const first = await compare(few, "buildx", async (client) => {
      await rig.renew();
      const cost = await rig.build(client);
      await rig.forget();
      return cost;
    });
    run.say(`Builds without a change, ${run.runs} times`);
    for (const client of ["ours", "buildx", "tar"] as const) await rig.build(client);
    const noChange = await compare(run.runs, "buildx", (client) => rig.build(client));
    const tar = await compare(few, "tar", (client) => rig.build(client));
    run.say(`Builds after one file has changed, ${few} times`);
    const oneFile = await compare(few, "buildx", async (client) => {
      await rig.changeFile();
      return rig.build(client);
    });
    await rig.forget();
    const figures = {
      "first/buildx": wallRatio(first, 0.9),
      "nochange/buildx": wallRatio(noChange, 1),
      "onefile/buildx": wallRatio(oneFile, 1),
      "nochange/tar": wallRatio(tar, 0.12),
      ...cpuRatio("clientCpu/buildx", first, 0.6),
      ...cpuRatio("clientCpuNochange/buildx", noChange, undefined),
      firstMs: medianFigure(
        first.map(({ ours }) => ours.wallMs),
        "ms",
      ),
      nochangeMs: medianFigure(
        noChange.map(({ ours }) => ours.wallMs),
        "ms",
      ),
      memory: memory(first, 120),
      longestBlock: longestBlock(first),
      longestBlockNochange: longestBlock(noChange),
    };
    if (process.env["ECR_BENCH_HUGE"] === undefined) return figures;
    run.say("A first build of half a million files");
    const hugeRig = await BuildRig.make(run, buildx, huge);
    const costs = await compare(1, "buildx", async (client) => {
      await hugeRig.renew();
      const cost = await hugeRig.build(client);
      await hugeRig.forget();
      return cost;
    });
    return {
      ...figures,
      memoryHuge: memory(costs, 250),
      longestBlockHuge: longestBlock(costs),
      ...cpuRatio("clientCpuHuge/buildx", costs, undefined),
    };
  },
};

/** Builds in turns with our client and with another one. */
async function compare(
  turns: number,
  peer: BuildClient,
  build: (client: BuildClient) => Promise<BuildCost>,
): Promise<readonly Costs[]> {
  return interleave(
    turns,
    () => build("ours"),
    () => build(peer),
  );
}

function wallRatio(costs: readonly Costs[], goal: number): Figure {
  return medianFigure(
    costs.map(({ ours, peer }) => ours.wallMs / peer.wallMs),
    "ratio",
    { goal },
  );
}

function cpuRatio(name: string, costs: readonly Costs[], goal: number | undefined): Figures {
  const ratios = costs.flatMap(({ ours, peer }) =>
    ours.cpuMs === undefined || peer.cpuMs === undefined ? [] : [ours.cpuMs / peer.cpuMs],
  );
  if (ratios.length === 0) return {};
  return { [name]: medianFigure(ratios, "ratio", goal === undefined ? {} : { goal }) };
}

function memory(costs: readonly Costs[], goalMb: number): Figure {
  const goal = goalMb * megabyte;
  return medianFigure(
    costs.map(({ ours }) => ours.memoryBytes ?? 0),
    "B",
    { goal },
  );
}

function longestBlock(costs: readonly Costs[]): Figure {
  const note = "of our event loop, in a process of its own";
  return medianFigure(
    costs.map(({ ours }) => ours.longestBlockMs ?? 0),
    "ms",
    { goal: 50, note },
  );
}
