import type { Instruction } from "../dockerfileSource.js";

/** A stage of a Dockerfile, under the name that BuildKit gives it. */
export interface Stage {
  /** The name after `AS` in lower case, else `stage-` and its number from 0. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** Splits a Dockerfile into its stages; what stands before the first `FROM` is of none. */
export function splitStages(instructions: readonly Instruction[]): readonly Stage[] {
  const stages: { name: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (/^FROM\s/i.test(instruction.text)) {
      const own = /\sAS\s+(\S+)\s*$/i.exec(instruction.text)?.[1];
      const name = own?.toLowerCase() ?? `stage-${stages.length}`;
      stages.push({ name, instructions: [] });
    }
    stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}
