import { EcrError } from "../../core/errors.js";
import type { BuildRequest } from "../../core/enginePorts.js";
import { findBaseImage, findNamed, listBaseImages } from "../baseImage.js";
import { baseImageFailure, type OwnerOf } from "../baseImageFailure.js";
import type { PreparedBuild } from "../buildContext.js";
import { emulatorMissing, explainForeignProgram, isForeignProgram } from "../foreignProgram.js";
import { toEngineFault } from "../engineFault.js";
import { toRefusal } from "./buildkitRefusals.js";
import { readBuildReason } from "../buildReason.js";
import { cacheFailure } from "./cacheFailure.js";
import type { FailedVertex } from "./buildProgress.js";
import { readErrorDetails } from "./errorDetails.js";
import { findInstruction } from "./failedInstruction.js";
import type { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";

/** Where the words come from: https://github.com/moby/buildkit/blob/master/source/containerimage/source.go */
const PULLING =
  /^(?:\[(?:internal|context \S+)\] load metadata for|FROM|resolve image config for) (?:docker-image:\/\/)?(\S+)$/;
const RESOLVE = /failed to (?:resolve|load) (?:source )?metadata for (\S+?):? /i;

/** What is known of a build that failed. */
export interface FailedBuild {
  readonly request: BuildRequest;
  readonly prepared: Pick<PreparedBuild, "instructions">;
  readonly failed: FailedVertex | undefined;
  readonly ownerOf: OwnerOf;
}

/** Returns the failure of a build from BuildKit's error and the step that failed. */
export function buildkitFailure(
  error: GrpcError,
  { request, prepared: { instructions }, failed, ownerOf }: FailedBuild,
): EcrError {
  if (error.code === GRPC.unavailable) {
    return new EcrError({ kind: "stream-truncated", operation: "build" }, { cause: error });
  }
  const fault = toEngineFault(error.message, "build");
  if (fault) return new EcrError(fault, { cause: error });
  const cache = cacheFailure(error.message, request, ownerOf);
  if (cache) return new EcrError(cache, { cause: error });
  const image = pulledImage(error.message, failed);
  const base =
    image === undefined ? undefined : findNamed(image, listBaseImages(instructions, request));
  const pulling = base && baseImageFailure(error.message, base, request.dockerfile, ownerOf);
  if (pulling) return new EcrError(pulling, { cause: error });

  const step = failed?.step;
  const details = readErrorDetails(error.details);
  const reason = readBuildReason(error.message, step !== undefined);
  const told = details.line ?? reason.line;
  const output = step ? failed.lastLines : [];
  const isForeign = [error.message, ...output].some(isForeignProgram);
  const found =
    told === undefined
      ? step
        ? findInstruction(instructions, step)
        : base && instructions.find(({ line }) => line === base.line)
      : instructions.findLast(({ line }) => line <= told);
  const place = { dockerfile: request.dockerfile, line: told ?? found?.line };
  const stepText = step?.text ?? (image === undefined ? undefined : found?.text);
  const missing = isForeign && emulatorMissing(request, place.line, stepText);
  if (missing) return new EcrError(missing, { cause: error });
  const refusal = toRefusal(error.message, place);
  if (refusal) return new EcrError(refusal, { cause: error });
  return new EcrError(
    {
      kind: "build-failed",
      ...place,
      step: stepText,
      message: isForeign ? explainForeignProgram(reason.text) : reason.text,
      ...(details.endLine !== undefined && { endLine: details.endLine }),
      ...(output.length > 0 && { output }),
    },
    { cause: error },
  );
}

/** The image of a step that asks a registry; undefined for other steps, whose words are theirs. */
function pulledImage(message: string, failed: FailedVertex | undefined): string | undefined {
  // Other steps that name an image have it pulled by a step of its own.
  const from = failed?.step?.text.startsWith("FROM ") ? findBaseImage(failed.step.text) : undefined;
  const named = from ?? (failed && PULLING.exec(failed.name)?.[1]);
  return named ?? RESOLVE.exec(message)?.[1];
}
