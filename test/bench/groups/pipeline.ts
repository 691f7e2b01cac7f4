import type { BenchGroup } from "../figure.js";
import { interleave } from "../interleave.js";
import { medianFigure } from "../medianFigure.js";
import { PipelineRig } from "../pipelineRig.js";

const megabyte = 1_000_000;

/**
 * What our pipeline takes beyond the engine's own build and push of the same image.
 *
 * Two sizes, since two things add up: a cost per push, which shows with 1 MB, and a cost per byte of
 * context, which shows with 100 MB. The registry is on this machine, so both weigh more than they do
 * with a network in between. The goal is for 100 MB; a push of 1 MB takes the engine 0.2 s, of which
 * the questions to AWS alone are more than a twentieth.
 */
export const group: BenchGroup = {
  needs: ["engine"],
  async measure(run) {
    const rig = await PipelineRig.start(run);
    const compare = async (
      sizeBytes: number,
    ): Promise<{ ours: number[]; engine: number[]; over: number[]; ratio: number[] }> => {
      run.say(`Pipeline with ${sizeBytes / megabyte} MB, ${run.runs} times`);
      // The first turn loads code and fills caches.
      await rig.measureOurs(sizeBytes);
      await rig.measureEngine(sizeBytes);
      const pairs = await interleave(
        run.runs,
        () => rig.measureOurs(sizeBytes),
        () => rig.measureEngine(sizeBytes),
      );
      return {
        ours: pairs.map(({ ours }) => ours),
        engine: pairs.map(({ peer }) => peer),
        over: pairs.map(({ ours, peer }) => ours - peer),
        ratio: pairs.map(({ ours, peer }) => ours / peer),
      };
    };
    const small = await compare(megabyte);
    const large = await compare(100 * megabyte);
    return {
      overEngine: medianFigure(large.ratio, "ratio", { goal: 1.05, note: "100 MB" }),
      ours100: medianFigure(large.ours, "ms"),
      engine100: medianFigure(large.engine, "ms"),
      overEngine1: medianFigure(small.ratio, "ratio", { note: "1 MB" }),
      ours1: medianFigure(small.ours, "ms"),
      engine1: medianFigure(small.engine, "ms"),
      perPush: medianFigure(small.over, "ms", { note: "1 MB: ours less the engine's" }),
    };
  },
};
