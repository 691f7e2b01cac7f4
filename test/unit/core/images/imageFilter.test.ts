import { expect, it } from "vitest";
import { filterImages } from "../../../../src/core/images/imageFilter.js";
import type { Image } from "../../../../src/core/registry.js";

const image: Image = {
  digest: `sha256:9f2c${"0".repeat(60)}`,
  tags: ["1.4.0", "Latest"],
  sizeBytes: 1,
  pushedAt: undefined,
  lastPulledAt: undefined,
  mediaType: undefined,
  artifactMediaType: undefined,
  status: "active",
};

it.each([
  ["1.4", true],
  ["4.0", true],
  ["latest", true],
  ["LAT", true],
  [" 1.4 ", true],
  ["1.5", false],
  ["9f2c", true],
  ["sha256:9f2c", true],
  ["SHA256:9F2C", true],
  ["f2c", false],
  ["sha256:", false],
  [".*", false],
])("asked for “%s” says %s", (text, fits) => {
  expect(filterImages(text)(image)).toBe(fits);
});
