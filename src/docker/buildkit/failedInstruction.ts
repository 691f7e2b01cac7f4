import type { Instruction } from "../dockerfileSource.js";
import { splitStages, type Stage } from "./dockerfileStages.js";
import type { StepName } from "./stepName.js";

/** Instructions that BuildKit counts as steps. */
const COUNTED = /^(FROM|RUN|COPY|ADD|WORKDIR)\s/i;

/** Returns the instructions of a stage that BuildKit counts as its steps. */
export function countedSteps({ instructions }: Stage): readonly Instruction[] {
  return instructions.filter(({ text }) => COUNTED.test(text));
}

/** Tells whether two instructions are written alike, but for spaces and the case of the keyword. */
export function isSameInstruction(text: string, other: string): boolean {
  return squeeze(text) === squeeze(other);
}

/**
 * Finds the instruction of a step, for engines that do not tell its line.
 *
 * BuildKit fills arguments into a step's text, so the text may not be the Dockerfile's; then the
 * step's place in its stage decides, if the instruction there is of the same kind.
 */
export function findInstruction(
  instructions: readonly Instruction[],
  step: StepName,
): Instruction | undefined {
  const stages = splitStages(instructions);
  const stage = stages.find(({ name }) => name === step.stage) ?? stages.at(-1);
  if (!stage) return undefined;
  const same = stage.instructions.filter(({ text }) => keyword(text) === keyword(step.text));
  const exact = same.filter(({ text }) => isSameInstruction(text, step.text));
  if (exact.length === 1) return exact[0];
  const counted = countedSteps(stage)[step.index - 1];
  if (counted && same.includes(counted)) return counted;
  return same.length === 1 ? same[0] : exact[0];
}

function keyword(text: string): string {
  return (/^\w+/.exec(text)?.[0] ?? "").toUpperCase();
}

function squeeze(text: string): string {
  return text.replace(/^\w+/, keyword).replace(/\s+/g, " ").trim();
}
