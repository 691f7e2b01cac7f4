import { findPeerBuildx } from "../../machine/findPeerBuildx.js";
import type { LongestBlock } from "../blockMonitor.js";
import { type BuildClient, type BuildCost, BuildRig } from "../buildRig.js";
import { hugeContext, usualContext } from "../contextSizes.js";
import type { BenchGroup, Figure, Figures } from "../figure.js";
import { interleave, type Pair } from "../interleave.js";
import { medianFigure } from "../medianFigure.js";

type Costs = readonly Pair<BuildCost>[];

/**
 * What a build costs with our BuildKit client, against buildx and against an archive of the context.
 *
 * A first build sends all of the context, a build without a change nothing, and the third one file.
 * Each build is a process of its own, whose start counts; buildx tells no progress, ours all of it.
 * First builds are few, as each takes the engine a while.
 */
export const group: BenchGroup = {
  needs: ["engine"],
  wants: ["Docker 26.1"],
  async measure(run) {
    const buildx = findPeerBuildx();
    if (buildx === undefined) {
      run.say("No figures against buildx: neither ECR_TEST_BUILDX nor this machine has it");
    }
    const rig = await BuildRig.make(run, usualContext(run.scale), buildx);
    const few = Math.ceil(run.runs / 3);
    const peer = buildx === undefined ? undefined : ("buildx" as const);

    run.say(`First builds, ${few} times`);
    const first = await compare(few, peer, (client) => rig.buildFirst(client));
    run.say(`Builds without a change, ${run.runs} times`);
    for (const client of ["ours", peer, "tar"] as const) if (client) await rig.build(client);
    const noChange = await compare(run.runs, peer, (client) => rig.build(client));
    const tar = await compare(few, "tar", (client) => rig.build(client));
    run.say(`Builds after one file has changed, ${run.runs} times`);
    const oneFile = await compare(run.runs, peer, (client) => rig.buildChanged(client));
    await rig.forget();

    const hugeSize = hugeContext(run.scale);
    run.say(`A first build of ${hugeSize.smallFiles} files`);
    const hugeRig = await BuildRig.make(run, hugeSize, buildx);
    const huge = [await hugeRig.buildFirst("ours")];

    const ours = [...first.ours, ...noChange.ours, ...oneFile.ours, ...huge];
    return {
      ...ratios("first/buildx", wall, first, 0.9),
      ...ratios("nochange/buildx", wall, noChange, 1),
      ...ratios("onefile/buildx", wall, oneFile, 1),
      ...ratios("nochange/tar", wall, tar, 0.12),
      ...ratios("clientCpu/buildx", cpu, first, 0.6),
      ...ratios("clientCpuNochange/buildx", cpu, noChange),
      firstMs: medianFigure(first.ours.map(wall), "ms"),
      nochangeMs: medianFigure(noChange.ours.map(wall), "ms"),
      onefileMs: medianFigure(oneFile.ours.map(wall), "ms"),
      memoryMB: medianFigure(first.ours.map(memory), "MB", { goal: 120 }),
      memoryMBHuge: medianFigure(huge.map(memory), "MB", { goal: 250, note: "500,000 files" }),
      eventLoopMaxMs: longestOf(ours, ({ wallMs }) => wallMs),
      eventLoopWorkMs: longestOf(ours, ({ workMs }) => workMs),
    };
  },
};

interface Compared {
  readonly ours: readonly BuildCost[];
  /** Empty where there is no peer. */
  readonly pairs: Costs;
}

/** Builds in turns with our client and with another one, or with ours alone. */
async function compare(
  turns: number,
  peer: BuildClient | undefined,
  build: (client: BuildClient) => Promise<BuildCost>,
): Promise<Compared> {
  if (peer === undefined) {
    const ours: BuildCost[] = [];
    for (let turn = 0; turn < turns; turn++) ours.push(await build("ours"));
    return { ours, pairs: [] };
  }
  const pairs = await interleave(
    turns,
    () => build("ours"),
    () => build(peer),
  );
  return { ours: pairs.map((pair) => pair.ours), pairs };
}

const wall = ({ wallMs }: BuildCost): number => wallMs;
const cpu = ({ cpuMs }: BuildCost): number | undefined => cpuMs;
const memory = ({ memoryMb }: BuildCost): number => memoryMb ?? NaN;

/** Makes the figure of a ratio, where both sides tell what it is made of. */
function ratios(
  name: string,
  read: (cost: BuildCost) => number | undefined,
  { pairs }: Compared,
  goal?: number,
): Figures {
  const values = pairs.flatMap(({ ours, peer }) => {
    const [one, other] = [read(ours), read(peer)];
    return one === undefined || other === undefined ? [] : [one / other];
  });
  if (values.length === 0) return {};
  return { [name]: medianFigure(values, "ratio", goal === undefined ? {} : { goal }) };
}

/** The longest of all, as one is one too many; the range begins with the best build's. */
function longestOf(costs: readonly BuildCost[], read: (block: LongestBlock) => number): Figure {
  const values = costs.map((cost) => (cost.longestBlock ? read(cost.longestBlock) : NaN));
  const figure = medianFigure(values, "ms", { goal: 50, note: "the longest of all" });
  return { ...figure, value: Math.max(...values) };
}
