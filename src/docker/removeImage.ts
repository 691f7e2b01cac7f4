import { EcrError } from "../core/errors.js";
import type { EngineConnection } from "./engineConnection.js";
import { listContainers } from "./localContainers.js";
import { engineFailure, findLocalImage } from "./localImages.js";

/**
 * Removes an image, name by name, as engines refuse to remove one of several names by its id.
 *
 * Containers are looked at first: an engine takes names away until the last one, and only then says
 * that a container needs the image. What such a refusal leaves half done is put back.
 */
export async function removeImage(
  connection: EngineConnection,
  imageId: string,
  isForced: boolean,
  signal: AbortSignal,
): Promise<void> {
  const image = await findLocalImage(connection, imageId, signal);
  if (!image) return;
  const name = image.references[0] ?? imageId;
  const users = (await listContainers(connection, signal)).filter((one) => one.imageId === imageId);
  const holding = users.filter(({ isRunning }) => isRunning || !isForced);
  if (holding.length > 0) {
    const by = holding.some(({ isRunning }) => isRunning)
      ? "running-container"
      : "stopped-container";
    const containers = holding.map((container) => container.name);
    throw new EcrError({ kind: "image-in-use", image: name, containers, by });
  }
  if (isForced) {
    await remove(connection, imageId, name, true, signal);
    return;
  }
  const removed: string[] = [];
  try {
    for (const reference of image.references) {
      await remove(connection, reference, name, false, signal);
      removed.push(reference);
    }
    // Names with digests keep an image as tags do; without any name it goes by its id.
    for (const target of [...image.digests, imageId]) {
      if (!(await findLocalImage(connection, imageId, signal))) return;
      await remove(connection, target, name, false, signal);
    }
  } catch (error) {
    for (const reference of removed) await putBack(connection, imageId, reference);
    throw error;
  }
}

async function remove(
  connection: EngineConnection,
  target: string,
  image: string,
  isForced: boolean,
  signal: AbortSignal,
): Promise<void> {
  const query = isForced ? { force: "1" } : {};
  const request = { method: "DELETE", path: `/images/${target}`, query } as const;
  const { status, message } = await connection.fetchJson(request, signal);
  if (status === 200 || status === 404) return;
  if (status === 409) throw new EcrError(inUse(image, message), { cause: new Error(message) });
  throw engineFailure("remove image", message);
}

/**
 * Reads what needs an image from an engine's refusal.
 *
 * Words: https://github.com/moby/moby/blob/v26.1.5/daemon/images/image_delete.go and
 * https://github.com/containers/common/blob/v0.50.1/libimage/image.go
 */
function inUse(image: string, message: string): EcrError["failure"] {
  const [, container] = /(?:container|image used by) ([0-9a-f]{12})/.exec(message) ?? [];
  if (container !== undefined) {
    const by = /running container/.test(message) ? "running-container" : "stopped-container";
    return { kind: "image-in-use", image, containers: [container], by };
  }
  if (/dependent child images|has children/i.test(message)) {
    return { kind: "image-in-use", image, containers: [], by: "image" };
  }
  return { kind: "docker-failed", operation: "remove image", message };
}

/** How long giving back one name may take, after a refusal or a cancellation. */
const PUT_BACK_TIMEOUT_MS = 10_000;

/** Gives a name back; where the image is gone after all, there is nothing to name. */
async function putBack(
  connection: EngineConnection,
  imageId: string,
  reference: string,
): Promise<void> {
  const colon = reference.lastIndexOf(":");
  const query = { repo: reference.slice(0, colon), tag: reference.slice(colon + 1) };
  const request = { method: "POST", path: `/images/${imageId}/tag`, query } as const;
  const signal = AbortSignal.timeout(PUT_BACK_TIMEOUT_MS);
  const { status, message } = await connection.fetchJson(request, signal);
  if (status !== 201 && status !== 404) throw engineFailure("tag", message);
}
