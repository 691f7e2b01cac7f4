import { findStage, mountedSecrets } from "../core/dockerfileOutline.js";
import { EcrError } from "../core/errors.js";
import type { BuildRequest } from "../core/ports.js";
import { tryReadOutline } from "./dockerfileOutline.js";

/**
 * Holds the options of a build against its Dockerfile, before the context is sent.
 *
 * Fails with `build-option-invalid` for a target that is not there, and with `secret-missing` for a
 * secret that the target can't do without. A huge Dockerfile is left to the engine.
 */
export async function checkChoices({ dockerfile, options = {} }: BuildRequest): Promise<void> {
  const outline = await tryReadOutline(dockerfile);
  if (!outline) return;
  const { target, secrets = {} } = options;
  if (target !== undefined && !findStage(outline, target)) {
    const reason = "the Dockerfile has no stage of this name";
    throw new EcrError({ kind: "build-option-invalid", option: "target", name: target, reason });
  }
  const missing = mountedSecrets(outline, target).find(
    ({ id, isRequired }) => isRequired && !Object.hasOwn(secrets, id),
  );
  if (missing) {
    const { id, line } = missing;
    throw new EcrError({ kind: "secret-missing", dockerfile, id, line });
  }
}
