import { formatImageReference, type ImageReference } from "../imageReference.js";
import type { BuildEvent, ImageEngine } from "../enginePorts.js";

/** A name that an action gave to an image in the engine, and what it named before. */
export interface LocalName {
  readonly reference: ImageReference;
  /** Id of the image that had this name before; undefined when the name is new. */
  readonly previousImageId: string | undefined;
  /** A name that keeps the previous image, which would go with its last one. */
  readonly guard?: ImageReference;
}

/** How long taking names back may take after a failure or a cancellation. */
const TAKE_BACK_TIMEOUT_MS = 10_000;

/**
 * Gives the image a name, and notes in `names` what it takes to undo that.
 *
 * The note is made before the engine is asked: a cancellation may come between the engine's work
 * and its answer.
 */
export async function giveName(
  engine: ImageEngine,
  imageId: string,
  reference: ImageReference,
  names: LocalName[],
  signal: AbortSignal,
): Promise<void> {
  const previous = await engine.findImage(formatImageReference(reference), signal);
  if (previous?.id === imageId) return;
  names.push({ reference, previousImageId: previous?.id });
  await engine.tag(imageId, reference, signal);
}

/**
 * Notes what names mean before a build moves them by itself.
 *
 * Such a build drops an image with its last name, where a tag leaves it without one; so the image
 * gets another name for the time being.
 */
export async function noteNames(
  engine: ImageEngine,
  references: readonly ImageReference[],
  names: LocalName[],
  signal: AbortSignal,
): Promise<void> {
  const moving = new Set(references.map(formatImageReference));
  for (const reference of references) {
    const previous = await engine.findImage(formatImageReference(reference), signal);
    const previousImageId = previous?.id;
    if (!previous || previous.references.some((name) => !moving.has(name))) {
      names.push({ reference, previousImageId });
      continue;
    }
    const guard = { ...reference, tag: `moved-${previous.id.slice(-12)}` };
    names.push({ reference, previousImageId, guard });
    await engine.tag(previous.id, guard, signal);
  }
}

/** Leaves the images whose names a build has moved without a name, as a tag does. */
export async function releaseMoved(
  engine: ImageEngine,
  imageId: string,
  names: readonly LocalName[],
  signal: AbortSignal,
): Promise<void> {
  for (const { guard } of names) {
    if (!guard) continue;
    // Moved and not removed: an engine keeps what loses its last name to another image.
    await engine.tag(imageId, guard, signal);
    await engine.untag(guard, signal);
  }
}

/**
 * Removes the given names, or puts them back where they were, and returns a warning for each that
 * stays. Works after a cancellation too, so it takes no signal.
 *
 * Engines drop an image with its last name. `keepsImage` spares an image that had none before: it
 * keeps one of the new names.
 */
export async function takeNamesBack(
  engine: ImageEngine,
  names: readonly LocalName[],
  keepsImage = false,
): Promise<readonly BuildEvent[]> {
  const signal = AbortSignal.timeout(TAKE_BACK_TIMEOUT_MS);
  const warnings: BuildEvent[] = [];
  // Moved names last: an image that loses a name this way stays, with or without another.
  const isNew = ({ previousImageId }: LocalName): boolean => previousImageId === undefined;
  const ordered = [...names.filter(isNew), ...names.filter((name) => !isNew(name))];
  for (const { reference, previousImageId } of ordered) {
    const name = formatImageReference(reference);
    try {
      if (previousImageId !== undefined) {
        await engine.tag(previousImageId, reference, signal);
      } else if (keepsImage && (await isOnlyName(engine, name, signal))) {
        warnings.push(staysWarning(name, "the image had no other, and would go with it"));
      } else {
        await engine.untag(reference, signal);
      }
    } catch (error) {
      warnings.push(staysWarning(name, String(error)));
    }
  }
  for (const guard of names.flatMap((name) => name.guard ?? [])) {
    const name = formatImageReference(guard);
    try {
      if (await isOnlyName(engine, name, signal)) {
        warnings.push(staysWarning(name, "the image lost its other one"));
      } else {
        await engine.untag(guard, signal);
      }
    } catch (error) {
      warnings.push(staysWarning(name, String(error)));
    }
  }
  return warnings;
}

async function isOnlyName(
  engine: ImageEngine,
  name: string,
  signal: AbortSignal,
): Promise<boolean> {
  return (await engine.findImage(name, signal))?.references.length === 1;
}

function staysWarning(name: string, reason: string): BuildEvent {
  return { type: "warning", text: `the local name ${name} stays: ${reason}` };
}
