import { formatImageReference, type ImageReference } from "./imageReference.js";
import type { BuildEvent, ImageEngine } from "./ports.js";

/** A name that an action gave to an image in the engine, and what it named before. */
export interface LocalName {
  readonly reference: ImageReference;
  /** Id of the image that had this name before; undefined when the name is new. */
  readonly previousImageId: string | undefined;
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
