/** What BuildKit's name of a step says. */
export interface StepName {
  /** The stage, such as `builder` or `stage-1`; undefined where the Dockerfile has only one. */
  readonly stage: string | undefined;
  /** The platform, where the build has several. */
  readonly platform: string | undefined;
  /** Counts from 1 within the stage. */
  readonly index: number;
  readonly total: number;
  /** The instruction with its arguments filled in. */
  readonly text: string;
}

const NAME = /^\[(?:(\S+?\/\S+?(?:\/\S+?)?) )?(?:(\S+) +)?(\d+)\/(\d+)\] (.*)$/s;

/**
 * Reads the name that BuildKit gives to a Dockerfile's steps; undefined for its own work.
 *
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
 */
export function parseStepName(name: string): StepName | undefined {
  const match = NAME.exec(name);
  if (!match) return undefined;
  const [, platform, stage, index, total, text = ""] = match;
  return { stage, platform, index: Number(index), total: Number(total), text };
}
