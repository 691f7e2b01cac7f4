import { describe, expect, it } from "vitest";
import type { CleanUpCriteria } from "../../../../../src/core/changes/cleanUp/criteria.js";
import {
  type CleanUpPlan,
  narrowPlan,
  planCleanUp,
} from "../../../../../src/core/changes/cleanUp/planCleanUp.js";
import { image, index, manifestsOf, nameOf } from "./images.js";

const NOW = new Date("2026-06-30T00:00:00Z");
const all: CleanUpCriteria = {
  isUntaggedOnly: false,
  olderThanDays: undefined,
  notPulledForDays: undefined,
  keepNewest: 0,
  keepTags: [],
};
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);

/** Names what goes, what goes along, and what stays against the criteria. */
function shape({ items, held, unclear }: CleanUpPlan): unknown {
  return {
    items: items.map(({ image: own, along }) => [own, ...along].map(nameOf).join("+")),
    held: held.map(nameOf),
    unclear: unclear.map(nameOf),
  };
}

describe("planCleanUp", () => {
  it("takes images by age, the oldest first, and none without a time", () => {
    const images = [
      image("new", { tags: ["2"], pushedAt: daysAgo(3) }),
      image("old", { tags: ["1"], pushedAt: daysAgo(40) }),
      image("older", { tags: ["0"], pushedAt: daysAgo(90) }),
      image("timeless", { tags: ["x"], pushedAt: undefined }),
      image("exact", { tags: ["y"], pushedAt: daysAgo(30) }),
    ];
    const plan = planCleanUp(images, new Map(), { ...all, olderThanDays: 30 }, NOW);
    expect(shape(plan)).toEqual({ items: ["older", "old"], held: [], unclear: [] });
  });

  it("counts a pull of anything in an index as a use, and a push where nothing was pulled", () => {
    const images = [
      image("never", { tags: ["a"], pushedAt: daysAgo(50) }),
      image("pulled", { tags: ["b"], pushedAt: daysAgo(90), lastPulledAt: daysAgo(2) }),
      image("multi", { tags: ["c"], pushedAt: daysAgo(90), isIndex: true }),
      image("child", { pushedAt: daysAgo(90), lastPulledAt: daysAgo(2) }),
      image("fresh", { tags: ["d"], pushedAt: daysAgo(1) }),
    ];
    const manifests = manifestsOf({ multi: index(["child"]) });
    const plan = planCleanUp(images, manifests, { ...all, notPulledForDays: 30 }, NOW);
    expect(shape(plan)).toEqual({ items: ["never"], held: [], unclear: [] });
  });

  it("keeps the newest, of the untagged ones where only those may go", () => {
    const images = [1, 2, 3, 4].map((days) =>
      image(`i${String(days)}`, {
        tags: days % 2 === 0 ? [`v${String(days)}`] : [],
        pushedAt: daysAgo(days),
      }),
    );
    expect(shape(planCleanUp(images, new Map(), { ...all, keepNewest: 3 }, NOW))).toMatchObject({
      items: ["i4"],
    });
    const untagged = { ...all, isUntaggedOnly: true, keepNewest: 1 };
    expect(shape(planCleanUp(images, new Map(), untagged, NOW))).toMatchObject({ items: ["i3"] });
  });

  it("keeps an image for any one of its tags", () => {
    const images = [
      image("a", { tags: ["tmp-1", "release-1"] }),
      image("b", { tags: ["tmp-2"] }),
      image("c", { tags: ["release"] }),
      image("dot", { tags: ["1x0"] }),
    ];
    const plan = planCleanUp(images, new Map(), { ...all, keepTags: ["release-*", "1.0"] }, NOW);
    expect(shape(plan)).toMatchObject({ items: ["b", "c", "dot"] });
  });

  it("lets platforms and attestations of an index stay, or go, with it", () => {
    const images = [
      image("kept", { tags: ["1"], isIndex: true, pushedAt: daysAgo(1) }),
      image("amd", { pushedAt: daysAgo(90) }),
      image("shared", { pushedAt: daysAgo(90) }),
      image("gone", { isIndex: true, pushedAt: daysAgo(80) }),
      image("arm", { pushedAt: daysAgo(90) }),
      image("stray", { pushedAt: daysAgo(90) }),
    ];
    const manifests = manifestsOf({
      kept: index(["amd", "shared"]),
      gone: index(["arm", "shared"]),
    });
    const plan = planCleanUp(images, manifests, { ...all, isUntaggedOnly: true }, NOW);
    expect(shape(plan)).toEqual({ items: ["stray", "gone+arm"], held: [], unclear: [] });
  });

  it("lets signatures go with their image only, however they name it", () => {
    const kept = image("kept", { tags: ["1"], pushedAt: daysAgo(1) });
    const gone = image("gone", { tags: ["0"], pushedAt: daysAgo(60) });
    const signatureTag = (digest: string): string => `${digest.replace(":", "-")}.sig`;
    const images = [
      kept,
      gone,
      image("kept-sig", { tags: [signatureTag(kept.digest)], pushedAt: daysAgo(60) }),
      image("gone-sig", { tags: [signatureTag(gone.digest)], pushedAt: daysAgo(1) }),
      image("kept-sbom", { subject: kept.digest, pushedAt: daysAgo(60) }),
      image("gone-sbom", { subject: gone.digest, pushedAt: daysAgo(1) }),
    ];
    const plan = planCleanUp(images, new Map(), { ...all, olderThanDays: 30 }, NOW);
    expect(shape(plan)).toEqual({ items: ["gone+gone-sig+gone-sbom"], held: [], unclear: [] });
  });

  it("holds a tagged platform of an index that stays, and says so", () => {
    const images = [
      image("multi", { tags: ["1"], isIndex: true, pushedAt: daysAgo(1) }),
      image("amd", { tags: ["1-amd64"], pushedAt: daysAgo(90) }),
    ];
    const manifests = manifestsOf({ multi: index(["amd"]) });
    const plan = planCleanUp(images, manifests, { ...all, olderThanDays: 30 }, NOW);
    expect(shape(plan)).toEqual({ items: [], held: ["amd"], unclear: [] });
  });

  it("leaves what an index that can't be read may hold, and what may be about anything", () => {
    const images = [
      image("unread", { tags: ["1"], isIndex: true, status: "archived", pushedAt: daysAgo(10) }),
      image("before", { pushedAt: daysAgo(20) }),
      image("after", { pushedAt: daysAgo(5) }),
      image("artifact", { artifactMediaType: "application/spdx+json", pushedAt: daysAgo(5) }),
    ];
    const plan = planCleanUp(images, new Map(), { ...all, isUntaggedOnly: true }, NOW);
    expect(shape(plan)).toEqual({ items: ["after"], held: [], unclear: ["before", "artifact"] });
  });

  it("leaves two images that claim to be about each other", () => {
    const [a, b] = [image("a"), image("b")];
    const images = [
      { ...a, subject: b.digest },
      { ...b, subject: a.digest },
    ];
    expect(shape(planCleanUp(images, new Map(), all, NOW))).toMatchObject({ items: [] });
  });

  it("adds up what an index holds rather than what ECR tells of the index", () => {
    const images = [
      image("multi", { isIndex: true, sizeBytes: 70 }),
      image("amd", { sizeBytes: 70 }),
      image("arm", { sizeBytes: 60 }),
    ];
    const manifests = manifestsOf({ multi: index(["amd", "arm"]) });
    const plan = planCleanUp(images, manifests, { ...all, isUntaggedOnly: true }, NOW);
    expect(plan.items.map(({ sizeBytes }) => sizeBytes)).toEqual([130]);
  });
});

describe("narrowPlan", () => {
  it("leaves what an image that was not picked holds as well", () => {
    const images = [
      image("one", { isIndex: true, pushedAt: daysAgo(3) }),
      image("two", { isIndex: true, pushedAt: daysAgo(2) }),
      image("shared", { pushedAt: daysAgo(4) }),
      image("own", { pushedAt: daysAgo(4) }),
    ];
    const manifests = manifestsOf({ one: index(["shared", "own"]), two: index(["shared"]) });
    const whole = planCleanUp(images, manifests, { ...all, isUntaggedOnly: true }, NOW);
    expect(shape(whole)).toMatchObject({ items: ["one+shared+own", "two"] });
    const [one] = images;
    const narrow = narrowPlan(images, manifests, new Set([one?.digest ?? ""]));
    expect(shape(narrow)).toMatchObject({ items: ["one+own"] });
  });
});
