import { describe, expect, it } from "vitest";
import { AWS_REGIONS } from "../../../src/core/awsRegions.js";
import { parseRegion } from "../../../src/core/imageReference.js";

describe("AWS_REGIONS", () => {
  it("holds each region once, with a valid id and a place", () => {
    const ids = AWS_REGIONS.map(({ id }) => parseRegion(id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(AWS_REGIONS.filter(({ place }) => place.trim() === "")).toEqual([]);
  });
});
