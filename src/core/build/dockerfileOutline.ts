/** What a Dockerfile lets people choose: its stages, its arguments, and what its steps mount. */
export interface DockerfileOutline {
  /** The stages in order; the last is built when no target is named. */
  readonly stages: readonly StageOutline[];
  /** The arguments in the order of their first declaration, each name once. */
  readonly args: readonly ArgOutline[];
}

/** A stage, from its `FROM` to the next. */
export interface StageOutline {
  /** Its number from 0, by which a `COPY --from` may call it. */
  readonly index: number;
  /** The name after `AS`, as written; undefined for a stage without one. */
  readonly name: string | undefined;
  /** The line of its `FROM`, from 1. */
  readonly line: number;
  /** The image or stage that it begins with, as written. */
  readonly base: string;
  /** What `FROM --platform` says, as written. */
  readonly platform: string | undefined;
  /** The comment right above it. */
  readonly comment: string | undefined;
  /** The indexes of the stages that it begins with, copies from or mounts. */
  readonly needs: readonly number[];
  /** What its steps mount from the build's secrets. */
  readonly secrets: readonly MountOutline[];
  /** Which SSH agents its steps mount, or fetch git repositories with; the usual one is `default`. */
  readonly agents: readonly MountOutline[];
}

/** A secret or an SSH agent that a step mounts. */
export interface MountOutline {
  readonly id: string;
  /** True where the step fails without it. */
  readonly isRequired: boolean;
  /** The line of the step, from 1. */
  readonly line: number;
}

/** An argument of the build. */
export interface ArgOutline {
  readonly name: string;
  /** The first default that a declaration gives, as written; undefined where none does. */
  readonly defaultValue: string | undefined;
  /** The line of its first declaration, from 1. */
  readonly line: number;
  /** True when it is declared before the first `FROM`. */
  readonly isGlobal: boolean;
  /** The indexes of the stages that declare it, or whose `FROM` uses it. */
  readonly stages: readonly number[];
  /** The comment right above its first declaration that has one. */
  readonly comment: string | undefined;
}

/** Reads the outline of a Dockerfile; fails with `dockerfile-unreadable`. */
export type ReadOutline = (dockerfile: string) => Promise<DockerfileOutline>;

/**
 * Arguments that BuildKit fills in from the platforms and the target.
 *
 * Source: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
 */
const FILLED_IN = /^(?:(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE)$/;

/** Finds a stage by its name, in any case; undefined where there is none, or no name. */
export function findStage(
  { stages }: DockerfileOutline,
  name: string | undefined,
): StageOutline | undefined {
  const wanted = name?.toLowerCase();
  return wanted === undefined
    ? undefined
    : // As in BuildKit, the last of several stages of one name is meant.
      stages.findLast((stage) => stage.name?.toLowerCase() === wanted);
}

/** Lists the stages that a build of `target` runs; without a target, or an unknown one, the last's. */
export function neededStages(
  outline: DockerfileOutline,
  target: string | undefined,
): readonly StageOutline[] {
  const { stages } = outline;
  const needed = new Set<number>();
  const waiting = [findStage(outline, target) ?? stages.at(-1)];
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (needed.has(stage.index)) continue;
    needed.add(stage.index);
    waiting.push(...stage.needs.flatMap((index) => stages[index] ?? []));
  }
  return stages.filter(({ index }) => needed.has(index));
}

/** Lists the arguments that people may set for a build of `target`. */
export function settableArgs(
  outline: DockerfileOutline,
  target: string | undefined,
): readonly ArgOutline[] {
  const needed = neededStages(outline, target);
  return outline.args.filter(
    ({ name, isGlobal, stages }) =>
      !FILLED_IN.test(name) && (isGlobal || needed.some(({ index }) => stages.includes(index))),
  );
}

/** Lists the secrets that a build of `target` mounts, each id once, required where any step says so. */
export function mountedSecrets(
  outline: DockerfileOutline,
  target: string | undefined,
): readonly MountOutline[] {
  return eachOnce(neededStages(outline, target).flatMap(({ secrets }) => secrets));
}

/** Lists the SSH agents that a build of `target` mounts, each id once. */
export function mountedAgents(
  outline: DockerfileOutline,
  target: string | undefined,
): readonly MountOutline[] {
  return eachOnce(neededStages(outline, target).flatMap(({ agents }) => agents));
}

/** Finds the first mount that its step can't do without, and that the build is not given. */
export function findMissing(
  mounts: readonly MountOutline[],
  given: Readonly<Record<string, unknown>>,
): MountOutline | undefined {
  return mounts.find(({ id, isRequired }) => isRequired && !Object.hasOwn(given, id));
}

/** Of the mounts of one id the first that is required says the most. */
function eachOnce(mounts: readonly MountOutline[]): readonly MountOutline[] {
  const byId = new Map<string, MountOutline>();
  for (const mount of mounts) {
    const known = byId.get(mount.id);
    if (!known || (mount.isRequired && !known.isRequired)) byId.set(mount.id, mount);
  }
  return [...byId.values()];
}
