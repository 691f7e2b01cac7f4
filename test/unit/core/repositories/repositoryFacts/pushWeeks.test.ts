import { expect, it } from "vitest";
import { countPushWeeks } from "../../../../../src/core/repositories/repositoryFacts/pushWeeks.js";
import { image } from "../../changes/cleanUp/images.js";

/** A Wednesday. */
const NOW = new Date("2026-06-17T12:00:00Z");
const at = (instant: string): Date => new Date(instant);

it("counts pushes from Monday to Sunday, and adds up what is there", () => {
  const images = [
    image("before", { sizeBytes: 1000, pushedAt: at("2026-05-31T23:59:59Z") }),
    image("timeless", { sizeBytes: 500, pushedAt: undefined }),
    image("monday", { sizeBytes: 100, pushedAt: at("2026-06-01T00:00:00Z") }),
    image("sunday", { sizeBytes: 10, pushedAt: at("2026-06-07T23:59:59Z") }),
    image("today", { sizeBytes: 3, pushedAt: at("2026-06-17T11:00:00Z") }),
    image("ahead", { sizeBytes: 2, pushedAt: at("2027-06-17T11:00:00Z") }),
    image("multi", { isIndex: true, sizeBytes: 900, pushedAt: at("2026-06-16T11:00:00Z") }),
    image("unknown", { sizeBytes: undefined, pushedAt: at("2026-06-16T11:00:00Z") }),
  ];
  expect(countPushWeeks(images, NOW, 3)).toEqual([
    { startAt: at("2026-06-01T00:00:00Z"), pushes: 2, totalBytes: 1610 },
    { startAt: at("2026-06-08T00:00:00Z"), pushes: 0, totalBytes: 1610 },
    { startAt: at("2026-06-15T00:00:00Z"), pushes: 4, totalBytes: 1615 },
  ]);
});

it("has weeks where there is no image", () => {
  expect(countPushWeeks([], NOW, 2).map(({ pushes }) => pushes)).toEqual([0, 0]);
});
