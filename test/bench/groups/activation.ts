import { runCommand } from "../../machine/runCommand.js";
import type { BenchGroup } from "../figure.js";
import { measureActivation } from "../measureActivation.js";
import { findHostNode, measureLoad } from "../measureLoad.js";
import { medianFigure } from "../medianFigure.js";

/** What the extension costs a window: its activation, and the code that its first use loads. */
export const group: BenchGroup = {
  needs: ["browser"],
  async measure(run) {
    const say = run.say.bind(run);
    const pairs = await measureActivation(run);
    const ours = pairs.map((pair) => pair.ours);
    const empty = pairs.map((pair) => pair.peer);
    const over = pairs.map((pair) => pair.ours - pair.peer);

    const node = await findHostNode(say);
    const note = `Node ${(await runCommand(node, ["--version"])).trim().replace("v", "")}`;
    const packaged = await run.packaged();
    const aws: number[] = [];
    const docker: number[] = [];
    for (let turn = 0; turn < run.runs; turn++) {
      aws.push(await measureLoad(node, packaged, "src/aws/openRegistry.ts"));
      docker.push(await measureLoad(node, packaged, "src/docker/dockerEngine.ts"));
    }
    return {
      ours: medianFigure(ours, "ms"),
      empty: medianFigure(empty, "ms"),
      overEmpty: medianFigure(over, "ms", { goal: 20 }),
      loadAws: medianFigure(aws, "ms", { note }),
      loadDocker: medianFigure(docker, "ms", { note }),
    };
  },
};
