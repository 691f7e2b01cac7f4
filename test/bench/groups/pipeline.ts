import type { BenchGroup, Figure } from "../figure.js";
import { interleave } from "../interleave.js";
import { medianFigure } from "../medianFigure.js";
import { PipelineRig } from "../pipelineRig.js";

const sizes = { small: 1_000_000, large: 100_000_000 };

/** What our pipeline takes beyond the engine's own build and push of the same image. */
export const group: BenchGroup = {
  needs: ["engine"],
  async measure(run) {
    const rig = await PipelineRig.start(run);
    const figures: Record<string, Figure> = {};
    for (const [name, sizeBytes] of Object.entries(sizes)) {
      run.say(`Pipeline with ${sizeBytes / 1_000_000} MB, ${run.runs} times`);
      // The first turn loads code and fills caches.
      await rig.measureOurs(sizeBytes);
      await rig.measureEngine(sizeBytes);
      const pairs = await interleave(
        run.runs,
        () => rig.measureOurs(sizeBytes),
        () => rig.measureEngine(sizeBytes),
      );
      const ratios = pairs.map(({ ours, peer }) => ours / peer);
      figures[`${name}Ours`] = medianFigure(
        pairs.map(({ ours }) => ours),
        "ms",
      );
      figures[`${name}Engine`] = medianFigure(
        pairs.map(({ peer }) => peer),
        "ms",
      );
      figures[`${name}OverEngine`] = medianFigure(ratios, "ratio", { goal: 1.05 });
    }
    return figures;
  },
};
