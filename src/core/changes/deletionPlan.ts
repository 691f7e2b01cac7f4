import { removalRounds } from "./cleanUp/removalRounds.js";
import type { Manifest } from "../images/manifest.js";
import type { Image } from "../registry.js";

/** An image that a deletion is about. */
export interface PlannedImage {
  readonly image: Image;
  /** `part`: nobody chose it, and it is of no use without the image that it goes with. */
  readonly role: "chosen" | "part";
}

/** What a deletion would take, and in which order. */
export interface DeletionPlan {
  /** Each wave after the one before: ECR keeps what an index holds until the index is gone. */
  readonly waves: readonly (readonly PlannedImage[])[];
  /** Chosen images that an index holds which nobody chose; ECR would refuse each. */
  readonly held: readonly HeldImage[];
}

/** An image that can't go, as an index holds it that stays. */
export interface HeldImage {
  readonly image: Image;
  readonly index: string;
}

/** What is known of a repository when a deletion is planned. */
export interface DeletionFacts {
  readonly chosen: readonly Image[];
  /** By digest: the indexes among the chosen images, and indexes that are known to stay. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** What the chosen indexes hold, by digest, as far as the repository has it. */
  readonly children: ReadonlyMap<string, Image>;
  /** Attestations, signatures and the like of the chosen images, without tags of other use. */
  readonly attached: readonly Image[];
}

/**
 * Plans a deletion: the chosen images, and what is of no use without them.
 *
 * A platform goes with its index unless it has a tag, as somebody uses it by that name; whether
 * another index holds it, ECR itself checks.
 */
export function planDeletion({
  chosen,
  manifests,
  children,
  attached,
}: DeletionFacts): DeletionPlan {
  const isChosen = new Set(chosen.map(({ digest }) => digest));
  const holders = holdersThatStay(manifests, isChosen);
  const held = chosen.flatMap((image) => {
    const index = holders.get(image.digest);
    return index === undefined ? [] : [{ image, index }];
  });
  const going = new Map<string, PlannedImage>();
  for (const image of attached) {
    if (!isChosen.has(image.digest)) going.set(image.digest, { image, role: "part" });
  }
  for (const image of chosen) {
    if (!holders.has(image.digest)) going.set(image.digest, { image, role: "chosen" });
  }
  for (const { digest } of [...going.values()].map(({ image }) => image)) {
    addParts(digest, manifests, children, going);
  }
  const items = [...going.values()].map(({ image }) => ({ image, along: [], sizeBytes: 0 }));
  const waves = removalRounds(items, manifests).map((round) =>
    round.flatMap(({ digest }) => going.get(digest) ?? []),
  );
  return { waves, held };
}

function holdersThatStay(
  manifests: ReadonlyMap<string, Manifest>,
  isChosen: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  for (const [index, { entries }] of manifests) {
    if (isChosen.has(index)) continue;
    for (const { digest } of entries) holders.set(digest, index);
  }
  return holders;
}

function addParts(
  index: string,
  manifests: ReadonlyMap<string, Manifest>,
  children: ReadonlyMap<string, Image>,
  going: Map<string, PlannedImage>,
): void {
  for (const { digest } of manifests.get(index)?.entries ?? []) {
    const image = children.get(digest);
    if (!image || image.tags.length > 0 || going.has(digest)) continue;
    going.set(digest, { image, role: "part" });
    addParts(digest, manifests, children, going);
  }
}
