import { EcrError } from "../core/errors.js";
import type { BuildRequest } from "../core/ports.js";
import { findBaseImage, pullTarget } from "./baseImage.js";
import type { BuildPosition } from "./buildOutput.js";
import { toRegistryFailure } from "./engineErrors.js";

/** Older engines leave the `on` out: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/errors.go */
const SYNTAX = /parse error (?:on )?line (\d+)/i;

/** Returns the failure of a build from the engine's words and the step that was running. */
export function buildFailure(
  message: string,
  request: BuildRequest,
  position: BuildPosition,
): EcrError {
  const cause = new Error(message);
  // Only these instructions ask a registry; the words of other steps are the user's own.
  const base = findBaseImage(position.step ?? "");
  const pulling = base && toRegistryFailure(message, pullTarget(base));
  if (pulling) return new EcrError(pulling, { cause });
  const syntaxLine = SYNTAX.exec(message)?.[1];
  return new EcrError(
    {
      kind: "build-failed",
      dockerfile: request.dockerfile,
      line: syntaxLine === undefined ? position.line : Number(syntaxLine),
      step: position.step,
      message: explainForeignProgram(message, request, position.foreignProgram),
    },
    { cause },
  );
}

/** Adds what the engine's words leave out when a program is for another platform. */
export function explainForeignProgram(
  message: string,
  request: BuildRequest,
  isKnown: boolean,
): string {
  if (!isKnown && !/exec format error/i.test(message)) return message;
  const platforms = request.platforms.join(" or ") || "the base image's platform";
  return `${message} (this engine can't run programs for ${platforms}: exec format error)`;
}
