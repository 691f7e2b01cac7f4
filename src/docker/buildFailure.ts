import { EcrError } from "../core/errors.js";
import type { BuildRequest } from "../core/ports.js";
import type { BuildPosition } from "./buildOutput.js";
import { toRegistryFailure, type RegistryTarget } from "./engineErrors.js";

/** Older engines leave the `on` out: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/errors.go */
const SYNTAX = /parse error (?:on )?line (\d+)/i;

/** Returns the failure of a build from the engine's words and the step that was running. */
export function buildFailure(
  message: string,
  request: BuildRequest,
  position: BuildPosition,
): EcrError {
  const cause = new Error(message);
  const base = findBaseImage(position.step);
  const pulling = base && toRegistryFailure(message, base);
  if (pulling) return new EcrError(pulling, { cause });
  const syntaxLine = SYNTAX.exec(message)?.[1];
  return new EcrError(
    {
      kind: "build-failed",
      dockerfile: request.dockerfile,
      line: syntaxLine === undefined ? position.line : Number(syntaxLine),
      step: position.step,
      message: explain(message, request, position),
    },
    { cause },
  );
}

/** Adds what the engine's words leave out when a program is for another platform. */
function explain(message: string, request: BuildRequest, position: BuildPosition): string {
  if (!position.foreignProgram && !/exec format error/i.test(message)) return message;
  const platform = request.platform ?? "the base image's platform";
  return `${message} (this engine can't run programs for ${platform}: exec format error)`;
}

/** Only `FROM` and `COPY --from` ask a registry; the words of other steps are the user's own. */
function findBaseImage(step: string | undefined): RegistryTarget | undefined {
  const image =
    /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(step ?? "") ?? /^COPY\s.*--from=(\S+)/i.exec(step ?? "");
  const name = image?.[1];
  if (!name) return undefined;
  const [first = "", ...rest] = name.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const repository = (hasHost ? rest.join("/") : name).replace(/[:@].*$/, "");
  return { operation: "pull", host: hasHost ? first : "docker.io", repository, tag: undefined };
}
