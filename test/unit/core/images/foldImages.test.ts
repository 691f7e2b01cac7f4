import { describe, expect, it } from "vitest";
import {
  foldImages,
  type ImageFamily,
  isBuildCache,
  isManifestTelling,
} from "../../../../src/core/images/foldImages.js";
import { type Manifest, parseManifest } from "../../../../src/core/images/manifest.js";
import type { Image } from "../../../../src/core/registry.js";

const INDEX = "application/vnd.oci.image.index.v1+json";
const digestOf = (name: string): string => `sha256:${Buffer.from(name.padEnd(32)).toString("hex")}`;

function image(name: string, more: Partial<Image> = {}): Image {
  return {
    digest: digestOf(name),
    tags: [],
    sizeBytes: 1,
    pushedAt: undefined,
    lastPulledAt: undefined,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    artifactMediaType: undefined,
    status: "active",
    ...more,
  };
}

function index(entries: readonly object[]): Manifest {
  const manifest = parseManifest(JSON.stringify({ mediaType: INDEX, manifests: entries }));
  if (!manifest) throw new Error("no index");
  return manifest;
}

const entry = (name: string, platform?: object, annotations?: object): object => ({
  digest: digestOf(name),
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  ...(platform && { platform }),
  ...(annotations && { annotations }),
});
const amd = { os: "linux", architecture: "amd64" };
const arm = { os: "linux", architecture: "arm64", variant: "v8" };
const unknown = { os: "unknown", architecture: "unknown" };
const attests = (name: string): object => ({
  "vnd.docker.reference.type": "attestation-manifest",
  "vnd.docker.reference.digest": digestOf(name),
});

/** Names the rows, their platforms and what is attached. */
function shape(families: readonly ImageFamily[]): unknown {
  const name = ({ digest }: { readonly digest: string }): string =>
    Buffer.from(digest.slice(7), "hex").toString().trim();
  return families.map(({ image: own, platforms, attached }) => ({
    row: name(own),
    platforms: platforms.map(({ entry: one }) => `${name(one)} ${one.platform ?? ""}`),
    attached: attached.map(({ image: one, role }) => `${role} ${name(one)}`),
  }));
}

describe("foldImages", () => {
  it("puts the platforms of an index under it, and its attestations aside", () => {
    const images = [
      image("all", { mediaType: INDEX, tags: ["1.0"] }),
      image("amd"),
      image("arm"),
      image("proof"),
      image("lone"),
    ];
    const manifests = new Map([
      [
        digestOf("all"),
        index([entry("amd", amd), entry("arm", arm), entry("proof", unknown, attests("amd"))]),
      ],
    ]);
    expect(shape(foldImages(images, manifests))).toEqual([
      {
        row: "all",
        platforms: ["amd linux/amd64", "arm linux/arm64/v8"],
        attached: ["attestation proof"],
      },
      { row: "lone", platforms: [], attached: [] },
    ]);
  });

  it("leaves a platform that has a tag of its own in the list", () => {
    const images = [image("all", { mediaType: INDEX }), image("amd", { tags: ["amd"] })];
    const manifests = new Map([[digestOf("all"), index([entry("amd", amd)])]]);
    expect(shape(foldImages(images, manifests))).toEqual([
      { row: "all", platforms: ["amd linux/amd64"], attached: [] },
      { row: "amd", platforms: [], attached: [] },
    ]);
  });

  it("lists platforms whose images were not read, and folds nothing without manifests", () => {
    const images = [image("all", { mediaType: INDEX }), image("amd")];
    expect(foldImages(images, new Map()).map(({ image: own }) => own)).toEqual(images);
    const manifests = new Map([[digestOf("all"), index([entry("elsewhere", amd)])]]);
    const [family] = foldImages(images, manifests);
    expect(family?.platforms).toMatchObject([{ image: undefined }]);
  });

  it("attaches signatures by tag and by subject, unless what they are about is not there", () => {
    const hex = digestOf("api").slice(7);
    const images = [
      image("sig", { tags: [`sha256-${hex}.sig`] }),
      image("referrer", { artifactMediaType: "application/vnd.example.sbom+json" }),
      image("api", { tags: ["1.0"] }),
      image("stray", { tags: [`sha256-${digestOf("gone").slice(7)}.sig`] }),
      image("both", { tags: [`sha256-${hex}.sig`, "mine"] }),
    ];
    const manifests = new Map([
      [digestOf("referrer"), { entries: [], subject: digestOf("api") }],
      [digestOf("api"), { entries: [], subject: digestOf("api") }],
    ]);
    expect(shape(foldImages(images, manifests))).toEqual([
      { row: "api", platforms: [], attached: ["signature sig", "artifact referrer"] },
      { row: "stray", platforms: [], attached: [] },
      { row: "both", platforms: [], attached: [] },
    ]);
  });

  it("attaches what is about a platform to the index", () => {
    const images = [
      image("all", { mediaType: INDEX, tags: ["1.0"] }),
      image("amd"),
      image("sig", { tags: [`sha256-${digestOf("amd").slice(7)}.sig`] }),
    ];
    const manifests = new Map([[digestOf("all"), index([entry("amd", amd)])]]);
    expect(shape(foldImages(images, manifests))).toEqual([
      { row: "all", platforms: ["amd linux/amd64"], attached: ["signature sig"] },
    ]);
  });
});

it("says whose manifest tells how images belong together", () => {
  expect(isManifestTelling(image("all", { mediaType: INDEX, tags: ["1.0"] }))).toBe(true);
  expect(isManifestTelling(image("one"))).toBe(false);
  const config = "application/vnd.oci.image.config.v1+json";
  expect(isManifestTelling(image("one", { artifactMediaType: config }))).toBe(false);
  expect(isManifestTelling(image("sbom", { artifactMediaType: "text/spdx+json" }))).toBe(true);
});

it("tells a build cache from what runs", () => {
  const artifactMediaType = "application/vnd.buildkit.cacheconfig.v0";
  expect(isBuildCache(image("cache", { artifactMediaType }))).toBe(true);
  expect(isBuildCache(image("one"))).toBe(false);
});

describe("parseManifest", () => {
  it.each(["", "null", "[]", "7", '"text"', "{", "\u0000"])("finds no manifest in %j", (text) => {
    expect(parseManifest(text)).toBeUndefined();
  });

  it("leaves out what makes no sense", () => {
    const text = JSON.stringify({
      subject: { digest: "sha256:short" },
      manifests: [
        null,
        7,
        { digest: 5 },
        { digest: "../../etc" },
        { digest: digestOf("a"), mediaType: 1, platform: ["linux"], annotations: "x" },
      ],
    });
    expect(parseManifest(text)).toEqual({
      entries: [
        { digest: digestOf("a"), mediaType: undefined, platform: undefined, attestsTo: undefined },
      ],
      subject: undefined,
    });
    expect(parseManifest('{"manifests":{"length":1e9}}')).toEqual({
      entries: [],
      subject: undefined,
    });
  });
});
