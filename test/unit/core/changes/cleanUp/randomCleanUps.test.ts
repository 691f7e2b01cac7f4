import { describe, expect, it } from "vitest";
import { narrowPlan, planCleanUp } from "../../../../../src/core/changes/cleanUp/planCleanUp.js";
import { removalRounds } from "../../../../../src/core/changes/cleanUp/removalRounds.js";
import type { Manifest } from "../../../../../src/core/images/manifest.js";
import type { Image } from "../../../../../src/core/registry.js";
import { digestOf, image, index } from "./images.js";

const NOW = new Date("2026-06-30T00:00:00Z");
const DAY_MS = 86_400_000;
const CASES = 400;

/** Numbers from 0 to 1 that follow from a seed: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A repository in which everything may hold, or be about, anything that was there before it. */
function randomRepository(random: () => number): {
  readonly images: readonly Image[];
  readonly truth: ReadonlyMap<string, Manifest>;
  readonly read: ReadonlyMap<string, Manifest>;
} {
  const count = 2 + Math.floor(random() * 14);
  const truth = new Map<string, Manifest>();
  const read = new Map<string, Manifest>();
  const images = Array.from({ length: count }, (_, number) => {
    const name = `i${String(number)}`;
    const earlier = (): string => `i${String(Math.floor(random() * number))}`;
    const isIndex = number > 0 && random() < 0.4;
    const hasSubject = number > 0 && random() < 0.25;
    const held = isIndex ? Array.from({ length: 1 + Math.floor(random() * 3) }, earlier) : [];
    const manifest = {
      ...index(held),
      subject: hasSubject ? digestOf(earlier()) : undefined,
    };
    truth.set(digestOf(name), manifest);
    if (random() < 0.8) read.set(digestOf(name), manifest);
    const signs = number > 0 && !hasSubject && random() < 0.1;
    const tags = signs
      ? [`${digestOf(earlier()).replace(":", "-")}.sig`]
      : random() < 0.4
        ? [`v${String(number)}`]
        : [];
    return image(name, {
      isIndex,
      tags,
      pushedAt: new Date(NOW.getTime() - (60 - number) * DAY_MS),
      ...(hasSubject && { artifactMediaType: "application/spdx+json" }),
    });
  });
  return { images, truth, read };
}

/** What an image can't do without, and what can't do without it. */
function dependenciesOf(
  image: Image,
  images: readonly Image[],
  truth: ReadonlyMap<string, Manifest>,
): readonly string[] {
  const tag = `${image.digest.replace(":", "-")}.sig`;
  return [
    ...(truth.get(image.digest)?.entries ?? []).map(({ digest }) => digest),
    ...images
      .filter(
        ({ digest, tags }) =>
          digest !== image.digest &&
          (tags.includes(tag) ||
            (tags.length === 0 && truth.get(digest)?.subject === image.digest)),
      )
      .map(({ digest }) => digest),
  ];
}

describe.each(["planCleanUp", "narrowPlan"])("%s, with random repositories", (which) => {
  it("removes nothing that an image which stays needs, and indexes before what they hold", () => {
    let removed = 0;
    for (let seed = 1; seed <= CASES; seed++) {
      const random = randomOf(seed);
      const { images, truth, read } = randomRepository(random);
      const criteria = {
        isUntaggedOnly: random() < 0.4,
        olderThanDays: random() < 0.5 ? Math.floor(random() * 70) : undefined,
        notPulledForDays: undefined,
        keepNewest: Math.floor(random() * 3),
        keepTags: random() < 0.3 ? ["v1*"] : [],
      };
      const whole = planCleanUp(images, read, criteria, NOW);
      const picked = whole.items
        .filter(() => random() < 0.6)
        .map(({ image: { digest } }) => digest);
      const plan = which === "planCleanUp" ? whole : narrowPlan(images, read, new Set(picked));
      const rounds = removalRounds(plan.items, read);
      const going = rounds.flat().map(({ digest }) => digest);
      const gone = new Set(going);
      expect(gone.size, `seed ${String(seed)}: each goes once`).toBe(going.length);
      for (const kept of images.filter(({ digest }) => !gone.has(digest))) {
        const missing = dependenciesOf(kept, images, truth).filter((digest) => gone.has(digest));
        expect(missing, `seed ${String(seed)}: ${kept.digest} stays`).toEqual([]);
      }
      const before = new Set<string>();
      for (const round of rounds) {
        for (const { digest } of round) before.add(digest);
        for (const { digest } of round) {
          const held = (read.get(digest)?.entries ?? []).map((entry) => entry.digest);
          expect(held.filter((child) => before.has(child))).toEqual([]);
        }
      }
      removed += going.length;
    }
    expect(removed).toBeGreaterThan(CASES);
  });
});
