import { findStage } from "../core/build/dockerfileOutline.js";
import { EcrError } from "../core/errors.js";
import { missingMount } from "../core/build/fitChoices.js";
import type { BuildRequest } from "../core/enginePorts.js";
import { tryReadOutline } from "./dockerfileOutline.js";

/**
 * Holds the options of a build against its Dockerfile, before the context is sent.
 *
 * Fails with `build-option-invalid` for a target that is not there, and with `secret-missing` or
 * `ssh-agent-missing` for what the target can't do without. A huge Dockerfile is left to the engine.
 */
export async function checkChoices({ dockerfile, options = {} }: BuildRequest): Promise<void> {
  const outline = await tryReadOutline(dockerfile);
  if (!outline) return;
  const { target, secrets = {}, ssh = {} } = options;
  if (target !== undefined && !findStage(outline, target)) {
    const reason = "the Dockerfile has no stage of this name";
    throw new EcrError({ kind: "build-option-invalid", option: "target", name: target, reason });
  }
  const missing = missingMount(dockerfile, outline, { target, secrets, ssh });
  if (missing) throw new EcrError(missing);
}
