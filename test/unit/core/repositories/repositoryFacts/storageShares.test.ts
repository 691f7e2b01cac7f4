import { expect, it } from "vitest";
import { parseManifest } from "../../../../../src/core/images/manifest.js";
import { shareStorage } from "../../../../../src/core/repositories/repositoryFacts/storageShares.js";
import { sizeTags } from "../../../../../src/core/repositories/repositoryFacts/tagSizes.js";
import { digestOf, image, nameOf } from "../../changes/cleanUp/images.js";

const multi = parseManifest(
  JSON.stringify({
    manifests: [
      { digest: digestOf("amd"), platform: { os: "linux", architecture: "amd64" } },
      {
        digest: digestOf("attestation"),
        annotations: {
          "vnd.docker.reference.type": "attestation-manifest",
          "vnd.docker.reference.digest": digestOf("amd"),
        },
      },
    ],
  }),
);
const manifests = new Map(multi ? [[digestOf("multi"), multi]] : []);
const single = image("single", { tags: ["1"], sizeBytes: 100 });
const images = [
  image("multi", { tags: ["latest"], isIndex: true, sizeBytes: 70 }),
  image("amd", { sizeBytes: 70 }),
  image("attestation", { sizeBytes: 3 }),
  single,
  image("sig", { tags: [`${single.digest.replace(":", "-")}.sig`], sizeBytes: 2 }),
  image("sbom", { subject: single.digest, sizeBytes: 4 }),
  image("stray", { sizeBytes: 50 }),
  image("about-stray", { subject: digestOf("stray"), sizeBytes: 1 }),
  image("cache", {
    tags: ["cache"],
    artifactMediaType: "application/vnd.buildkit.cacheconfig.v0",
    sizeBytes: 30,
  }),
  image("old", { tags: ["0"], status: "archived", sizeBytes: 20 }),
];

it("counts each image once, by what it is for", () => {
  expect(shareStorage(images, manifests)).toEqual([
    { use: "tagged", images: 2, bytes: 100 },
    { use: "platform", images: 1, bytes: 70 },
    { use: "untagged", images: 2, bytes: 51 },
    { use: "attached", images: 3, bytes: 9 },
    { use: "cache", images: 1, bytes: 30 },
    { use: "archived", images: 1, bytes: 20 },
  ]);
  expect(shareStorage([], manifests)).toEqual([]);
});

it("names what images with tags take, with all that belongs to them", () => {
  const sizes = sizeTags(images, manifests).map(
    ({ image: own, bytes }) => `${nameOf(own)} ${String(bytes)}`,
  );
  expect(sizes).toEqual(["single 106", "multi 73", "cache 30", "old 20"]);
});
