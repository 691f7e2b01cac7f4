import { Add, Arg, From, type Instruction, ModifiableInstruction } from "dockerfile-ast";
import type { ArgOutline, StageOutline } from "../core/build/dockerfileOutline.js";

/** A flag of an instruction, such as `--from=build`; the name is without its dashes. */
export interface BuildFlag {
  readonly name: string;
  readonly value: string;
}

/** Returns what a `FROM` says, and undefined for other instructions and for one without a base. */
export function fromOf(
  instruction: Instruction,
): Pick<StageOutline, "name" | "base" | "platform"> | undefined {
  const base = instruction instanceof From ? instruction.getImage() : undefined;
  if (!(instruction instanceof From) || !base) return undefined;
  return {
    base,
    name: instruction.getBuildStage() ?? undefined,
    platform: instruction.getPlatformFlag()?.getValue() ?? undefined,
  };
}

/** Lists what an `ARG` declares: it may name several, and the parser reads only one by itself. */
export function declaredArgs(
  instruction: Instruction,
): readonly Pick<ArgOutline, "name" | "defaultValue">[] {
  if (!(instruction instanceof Arg)) return [];
  const only = instruction.getProperty();
  const all = only
    ? [{ name: only.getName(), defaultValue: only.getValue() ?? undefined }]
    : instruction.getPropertyArguments().map((word) => declaration(word.getValue()));
  return all.filter(({ name }) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
}

/** Lists what an `ADD` adds, as written; nothing for other instructions. */
export function addedSources(instruction: Instruction): readonly string[] {
  if (!(instruction instanceof Add)) return [];
  return instruction
    .getArguments()
    .slice(0, -1)
    .map((word) => unquote(word.getValue()));
}

/** Lists the flags of an instruction; those of `ONBUILD` are for other builds. */
export function flagsOf(instruction: Instruction): readonly BuildFlag[] {
  if (!(instruction instanceof ModifiableInstruction)) return [];
  return instruction
    .getFlags()
    .map((flag) => ({ name: flag.getName(), value: unquote(flag.getValue() ?? "") }));
}

function declaration(word: string): Pick<ArgOutline, "name" | "defaultValue"> {
  const at = word.indexOf("=");
  return at < 0
    ? { name: word, defaultValue: undefined }
    : { name: word.slice(0, at), defaultValue: unquote(word.slice(at + 1)) };
}

/** BuildKit takes quotes out of flags wherever they stand. */
function unquote(text: string): string {
  return text.replace(/["']/g, "");
}
