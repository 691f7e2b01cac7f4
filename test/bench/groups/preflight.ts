import type { BenchGroup } from "../figure.js";
import { medianFigure } from "../medianFigure.js";
import { PreflightRig } from "../preflightRig.js";

/** What each answer of AWS takes longer than on this machine. */
const CALL_MS = 200;

/**
 * What a push takes before its build begins, and what it asks of AWS.
 *
 * The least that tells of a push: a login token, the repository, the image of the tag, and at the
 * end the image that was pushed. The token lives on, so a next push asks for one thing less; a first
 * one asks for the two rights that the engine needs first, before a build that may be long.
 */
export const group: BenchGroup = {
  needs: ["engine"],
  async measure(run) {
    const rig = await PreflightRig.start(run);
    run.say(`Preflight with ${CALL_MS} ms more per AWS call, ${run.runs} times`);
    // The first turn loads code.
    await rig.measure(CALL_MS, ["1"]);
    const one: number[] = [];
    const three: number[] = [];
    for (let turn = 0; turn < run.runs; turn += 1) {
      one.push(await rig.measure(CALL_MS, ["1"]));
      three.push(await rig.measure(CALL_MS, ["1", "2", "3"]));
    }
    const [first, second] = await rig.countCalls();
    return {
      wallMs: medianFigure(one, "ms", { goal: 2000, note: "one tag, 200 ms per AWS call" }),
      wallMs3: medianFigure(three, "ms", { goal: 2000, note: "three tags" }),
      calls: { value: first, unit: "calls", goal: 6, note: "first push; the goal is the least" },
      callsAgain: {
        value: second,
        unit: "calls",
        goal: 3,
        note: "next push; the goal is the least",
      },
    };
  },
};
