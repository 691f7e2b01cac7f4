import { EcrError } from "../core/errors.js";
import type { BuildRequest } from "../core/enginePorts.js";
import { type BaseImage, findBaseImage, findNamed, type PulledImage } from "./baseImage.js";
import { baseImageFailure, type OwnerOf } from "./baseImageFailure.js";
import { toEngineFault } from "./engineFault.js";
import type { BuildPosition } from "./buildOutput.js";
import { readBuildReason } from "./buildReason.js";
import { emulatorMissing, explainForeignProgram, isForeignProgram } from "./foreignProgram.js";

/** Podman names no step; source: https://github.com/containers/image/blob/main/docker/docker_image_src.go */
const PODMAN_PULL =
  /(?:initializing source|choosing an image from (?:manifest list|image index)) docker:\/\/(\S+?): /;

/** What a build asked of registries. */
export interface AskedRegistries {
  readonly bases: readonly BaseImage[];
  readonly ownerOf: OwnerOf;
}

/** Returns the failure of a build from the engine's words and the step that was running. */
export function buildFailure(
  message: string,
  request: BuildRequest,
  position: BuildPosition,
  asked: AskedRegistries,
): EcrError {
  const cause = new Error(message);
  const fault = toEngineFault(message, "build");
  if (fault) return new EcrError(fault, { cause });
  const base = pulledImage(message, position, asked.bases);
  const pulling = base && baseImageFailure(message, base, request.dockerfile, asked.ownerOf);
  if (pulling) return new EcrError(pulling, { cause });
  const { step, line, lastLines, foreignProgram } = position;
  const reason = readBuildReason(message, step !== undefined);
  const isForeign = foreignProgram || isForeignProgram(message);
  const missing = isForeign && emulatorMissing(request, reason.line ?? line, step);
  if (missing) return new EcrError(missing, { cause });
  return new EcrError(
    {
      kind: "build-failed",
      dockerfile: request.dockerfile,
      line: reason.line ?? line,
      step,
      message: isForeign ? explainForeignProgram(reason.text) : reason.text,
      ...(lastLines.length > 0 && { output: lastLines }),
    },
    { cause },
  );
}

/** Only some instructions ask a registry; the words of other steps are the user's own. */
function pulledImage(
  message: string,
  { step = "", line }: BuildPosition,
  bases: readonly BaseImage[],
): PulledImage | undefined {
  const podman = PODMAN_PULL.exec(message)?.[1];
  if (podman !== undefined) return findNamed(podman, bases);
  const written = findBaseImage(step);
  if (written === undefined) return undefined;
  // The step's own words are from before its arguments were filled in, and may name a stage.
  const base = bases.find((known) => known.line === line);
  return base ?? (/^FROM\s/i.test(step) ? { image: written, line } : undefined);
}
