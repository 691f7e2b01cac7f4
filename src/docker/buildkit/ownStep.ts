import type { Stage } from "./dockerfileStages.js";
import { countedSteps, isSameInstruction } from "./failedInstruction.js";
import type { StepName } from "./stepName.js";

/**
 * Returns a step as this Dockerfile counts it; undefined where the Dockerfile does not tell which of
 * its steps it is.
 *
 * BuildKit runs a step that several builds have in common once, and tells all of them the name that
 * it has in one of them: `[compile 1/4] FROM …` in a Dockerfile that has no stage `compile`.
 * BuildKit names stages only where there are several.
 */
export function ownStep(step: StepName, stages: readonly Stage[]): StepName | undefined {
  const isSingle = stages.length === 1;
  const isOwn = isSingle
    ? step.stage === undefined
    : stages.some(({ name }) => name === step.stage) || stages.length === 0;
  if (isOwn) return step;
  const [found, ...others] = stages.flatMap((stage) => {
    const counted = countedSteps(stage);
    return counted.flatMap(({ text }, at) =>
      isLike(text, step.text) ? [{ stage: stage.name, index: at + 1, total: counted.length }] : [],
    );
  });
  if (!found || others.length > 0) return undefined;
  return { ...step, ...found, stage: isSingle ? undefined : found.stage };
}

/** BuildKit writes the image of a `FROM` in full, which says no more than that it is one. */
function isLike(text: string, told: string): boolean {
  return /^FROM\s/i.test(told) ? /^FROM\s/i.test(text) : isSameInstruction(text, told);
}
