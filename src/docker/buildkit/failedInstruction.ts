import type { Instruction } from "../dockerfileSource.js";
import { splitStages } from "./dockerfileStages.js";
import type { StepName } from "./stepName.js";

/** Instructions that BuildKit counts as steps. */
const COUNTED = /^(FROM|RUN|COPY|ADD|WORKDIR)\s/i;

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
  const stage = (stages.find(({ name }) => name === step.stage) ?? stages.at(-1))?.instructions;
  if (!stage) return undefined;
  const same = stage.filter(({ text }) => keyword(text) === keyword(step.text));
  const exact = same.filter(({ text }) => squeeze(text) === squeeze(step.text));
  if (exact.length === 1) return exact[0];
  const counted = stage.filter(({ text }) => COUNTED.test(text))[step.index - 1];
  if (counted && same.includes(counted)) return counted;
  return same.length === 1 ? same[0] : exact[0];
}

function keyword(text: string): string {
  return (/^\w+/.exec(text)?.[0] ?? "").toUpperCase();
}

function squeeze(text: string): string {
  return text.replace(/^\w+/, keyword).replace(/\s+/g, " ").trim();
}
