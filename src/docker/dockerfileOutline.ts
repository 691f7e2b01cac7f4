import { readFile } from "node:fs/promises";
import { type Comment, DockerfileParser, type Instruction } from "dockerfile-ast";
import { EcrError } from "../core/errors.js";
import type {
  ArgOutline,
  DockerfileOutline,
  MountOutline,
  StageOutline,
} from "../core/build/dockerfileOutline.js";
import { addedSources, type BuildFlag, declaredArgs, flagsOf, fromOf } from "./dockerfileFlags.js";
import { agentMount, isGitOverSsh, mountSource, secretMount } from "./dockerfileMounts.js";
import { readFailureReason } from "./walkContext.js";

/** The parser takes a fifth of a second for as much as this, and no person writes half of it. */
const MAX_BYTES = 64 * 1024;
/** More of a comment is no description. */
const MAX_COMMENT_LENGTH = 200;

/** Reads the outline of a Dockerfile; fails with `dockerfile-unreadable`, also where it is huge. */
export async function readOutline(dockerfile: string): Promise<DockerfileOutline> {
  const outline = await tryReadOutline(dockerfile);
  if (outline) return outline;
  const reason = "it is over 64 KiB, too much to list its options";
  throw new EcrError({ kind: "dockerfile-unreadable", path: dockerfile, reason });
}

/** Reads an outline as `readOutline` does; undefined for a Dockerfile that is huge. */
export async function tryReadOutline(dockerfile: string): Promise<DockerfileOutline | undefined> {
  const source = await readFile(dockerfile).catch((error: unknown) => {
    const reason = readFailureReason(error);
    throw new EcrError(
      { kind: "dockerfile-unreadable", path: dockerfile, reason },
      { cause: error },
    );
  });
  return source.length > MAX_BYTES ? undefined : parseOutline(source.toString("utf8"));
}

/**
 * Reads what a Dockerfile lets people choose from its text.
 *
 * What makes no sense is left out here: BuildKit says what is wrong with it, and where.
 */
export function parseOutline(source: string): DockerfileOutline {
  // Without a line end the parser's search for directives takes quadratic time.
  const parsed = DockerfileParser.parse(`${source}\n`);
  const commentAbove = commentFinder(parsed.getComments());
  const reader = new OutlineReader();
  for (const instruction of parsed.getInstructions()) {
    const line = instruction.getRange().start.line + 1;
    reader.read(instruction, line, commentAbove(line));
  }
  return reader.outline;
}

interface OpenStage extends StageOutline {
  readonly needs: number[];
  readonly secrets: MountOutline[];
  readonly agents: MountOutline[];
}

interface OpenArg extends ArgOutline {
  readonly stages: number[];
}

/** Collects stages and arguments, instruction by instruction. */
class OutlineReader {
  readonly #stages: OpenStage[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #args = new Map<string, OpenArg>();

  get outline(): DockerfileOutline {
    return { stages: this.#stages, args: [...this.#args.values()] };
  }

  read(instruction: Instruction, line: number, comment: string | undefined): void {
    const from = fromOf(instruction);
    const stage = this.#stages.at(-1);
    if (from) this.#begin({ ...from, line, comment });
    else if (instruction.getKeyword() === "ARG") this.#declare(instruction, line, comment);
    else if (stage) {
      for (const flag of flagsOf(instruction)) this.#addFlag(stage, flag, line);
      if (addedSources(instruction).some(isGitOverSsh)) {
        stage.agents.push({ id: "default", isRequired: true, line });
      }
    }
  }

  #begin(from: Pick<StageOutline, "name" | "base" | "platform" | "line" | "comment">): void {
    const { length: index } = this.#stages;
    const needs = this.#named(from.base);
    this.#stages.push({ index, ...from, needs, secrets: [], agents: [] });
    if (from.name !== undefined) this.#indexes.set(from.name.toLowerCase(), index);
    const used = `${from.base} ${from.platform ?? ""}`;
    for (const [, name = ""] of used.matchAll(/\$\{?(\w+)/g)) this.#use(name, index);
  }

  #declare(instruction: Instruction, line: number, comment: string | undefined): void {
    const isGlobal = this.#stages.length === 0;
    for (const { name, defaultValue } of declaredArgs(instruction)) {
      const known = this.#args.get(name);
      this.#args.set(name, {
        name,
        line,
        isGlobal,
        stages: [],
        ...known,
        defaultValue: known?.defaultValue ?? defaultValue,
        comment: known?.comment ?? comment,
      });
      if (!isGlobal) this.#use(name, this.#stages.length - 1);
    }
  }

  #use(arg: string, stage: number): void {
    const stages = this.#args.get(arg)?.stages;
    if (stages?.at(-1) !== stage) stages?.push(stage);
  }

  #addFlag(stage: OpenStage, { name, value }: BuildFlag, line: number): void {
    if (name === "from") stage.needs.push(...this.#named(value), ...this.#numbered(value));
    if (name !== "mount") return;
    stage.needs.push(...this.#named(mountSource(value) ?? ""));
    const secret = secretMount(value);
    if (secret) stage.secrets.push({ ...secret, line });
    const agent = agentMount(value);
    if (agent) stage.agents.push({ ...agent, line });
  }

  /** The stage of this name so far, as a list, which is empty for images. */
  #named(name: string): number[] {
    const index = this.#indexes.get(name.toLowerCase());
    return index === undefined ? [] : [index];
  }

  #numbered(text: string): number[] {
    return /^\d{1,6}$/.test(text) && Number(text) < this.#stages.length ? [Number(text)] : [];
  }
}

/** Returns a finder of the words right above a line, in one line without control characters. */
function commentFinder(comments: readonly Comment[]): (line: number) => string | undefined {
  const byLine = new Map(
    comments.map((comment) => [comment.getRange().start.line + 1, comment.getContent()]),
  );
  return (line) => {
    const words: string[] = [];
    for (let above = line - 1; byLine.has(above); above -= 1) words.push(byLine.get(above) ?? "");
    const text = words
      .reverse()
      .join(" ")
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
      .trim();
    return text === "" ? undefined : text.slice(0, MAX_COMMENT_LENGTH);
  };
}
