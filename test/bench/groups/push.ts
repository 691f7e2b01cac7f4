import { usualContext } from "../contextSizes.js";
import type { BenchGroup } from "../figure.js";
import { interleave } from "../interleave.js";
import { medianFigure } from "../medianFigure.js";
import { PushRig } from "../pushRig.js";

/**
 * What one solve that builds and pushes takes, against a build and then the engine's push.
 *
 * All with the containerd store, where each is possible; the second compresses with gzip, as that
 * store does. The registry is on this machine, so the upload weighs less than over a network.
 */
export const group: BenchGroup = {
  needs: [],
  wants: ["Docker 26.1"],
  async measure(run) {
    const rig = await PushRig.start(run, usualContext(run.scale));
    const few = Math.ceil(run.runs / 3);
    const compare = async (compression: "gzip" | "zstd"): Promise<readonly [number, number][]> => {
      run.say(`Builds that push with ${compression}, ${few} times`);
      const pairs = await interleave(
        few,
        () => rig.oneSolve(compression),
        () => rig.buildThenPush(),
      );
      return pairs.map(({ ours, peer }) => [ours, peer]);
    };
    const gzip = await compare("gzip");
    const zstd = await compare("zstd");
    const ratio = ([ours, peer]: [number, number]): number => ours / peer;
    return {
      "oneSolve.gzip/buildThenPush": medianFigure(gzip.map(ratio), "ratio", { goal: 0.8 }),
      "oneSolve.zstd/buildThenPush": medianFigure(zstd.map(ratio), "ratio", { goal: 0.4 }),
      oneSolveGzipMs: medianFigure(
        gzip.map(([ours]) => ours),
        "ms",
      ),
      oneSolveZstdMs: medianFigure(
        zstd.map(([ours]) => ours),
        "ms",
      ),
      buildThenPushMs: medianFigure(
        [...gzip, ...zstd].map(([, peer]) => peer),
        "ms",
      ),
    };
  },
};
