/** What BuildKit's layers put before the words that matter. */
const WRAPPINGS =
  /^(?:rpc error: code = \w+ desc = |failed to solve(?: with frontend [\w.]+)?: |failed to create LLB definition: |failed to compute cache key: |failed to (?:load|build) LLB: )+/;
/** What Podman puts around the reason: https://github.com/containers/buildah/blob/v1.28.2/imagebuildah/stage_executor.go */
const PODMAN_WRAPPINGS =
  /^building at STEP ".*?": (?:Build error: )?|\s*&imagebuilder\.Step\{.*\}\s*$|\s+$/gs;
/** Older engines leave the `on` out: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/errors.go */
const SYNTAX = /^dockerfile parse error (?:on )?line (\d+): /i;
/** Words of BuildKit, of the classic builder, and of Podman, after the command that failed. */
const EXIT =
  /(?:exit code: |returned a non-zero code: |while running runtime: exit status )(\d+)\s*$/i;

/** Why a build failed, without the line and the command, which are told apart from it. */
export interface BuildReason {
  readonly text: string;
  /** The line of a syntax error, from 1. */
  readonly line: number | undefined;
}

/** Reads an engine's words; `isStep` tells that a step of the Dockerfile failed. */
export function readBuildReason(message: string, isStep: boolean): BuildReason {
  const bare = message.replace(WRAPPINGS, "").replace(PODMAN_WRAPPINGS, "");
  const syntax = SYNTAX.exec(bare);
  if (syntax) return { text: bare.slice(syntax[0].length), line: Number(syntax[1]) };
  const code = isStep ? EXIT.exec(bare)?.[1] : undefined;
  return { text: code === undefined ? bare : `exit code: ${code}`, line: undefined };
}
