import { tieImages } from "../../images/imageTies.js";
import type { Manifest } from "../../images/manifest.js";
import type { Image } from "../../registry.js";
import type { CleanUpItem } from "./planCleanUp.js";

/**
 * Returns all images that go, an index in an earlier round than what it holds.
 *
 * ECR refuses to delete what an index holds, and promises no order within one request.
 */
export function removalRounds(
  items: readonly CleanUpItem[],
  manifests: ReadonlyMap<string, Manifest>,
): readonly (readonly Image[])[] {
  const going = items.flatMap(({ image, along }) => [image, ...along]);
  const { children } = tieImages(going, manifests);
  const parents = new Map<string, number>();
  for (const list of children.values()) {
    for (const child of list) parents.set(child, (parents.get(child) ?? 0) + 1);
  }
  const rounds: Image[][] = [];
  let left = going;
  while (left.length > 0) {
    const free = left.filter(({ digest }) => (parents.get(digest) ?? 0) === 0);
    // Digests make a ring impossible; a list that has one all the same goes as it is.
    const round = free.length > 0 ? free : left;
    rounds.push([...round]);
    const gone = new Set(round);
    left = left.filter((image) => !gone.has(image));
    for (const { digest } of round) {
      for (const child of children.get(digest) ?? []) {
        parents.set(child, (parents.get(child) ?? 1) - 1);
      }
    }
  }
  return rounds;
}
