import { describe, expect, it } from "vitest";
import {
  isImageConfig,
  parseImageManifest,
} from "../../../../../src/core/images/imageDetails/imageManifest.js";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

describe("parseImageManifest", () => {
  it("reads the config and the layers of an image", () => {
    const mediaType = "application/vnd.oci.image.config.v1+json";
    const manifest = parseImageManifest(
      JSON.stringify({
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        config: { mediaType, digest: digest("a"), size: 7 },
        layers: [{ mediaType: "x", digest: digest("b"), size: 9 }],
        annotations: { a: "b" },
        subject: { digest: digest("c") },
      }),
    );
    expect(manifest).toMatchObject({
      config: { mediaType, digest: digest("a"), sizeBytes: 7 },
      layers: [{ mediaType: "x", digest: digest("b"), sizeBytes: 9 }],
      annotations: [["a", "b"]],
      subject: digest("c"),
      entries: [],
    });
    expect(isImageConfig({ mediaType })).toBe(true);
    expect(isImageConfig({ mediaType: "application/vnd.oci.empty.v1+json" })).toBe(false);
  });

  it("leaves out what makes no sense", () => {
    const odd = {
      config: { digest: "../../etc" },
      layers: [null, { digest: digest("b"), size: -5 }, { digest: "x" }, "y"],
      annotations: { a: 1 },
    };
    expect(parseImageManifest(JSON.stringify(odd))).toMatchObject({
      config: undefined,
      layers: [{ digest: digest("b"), sizeBytes: 0 }],
      annotations: [],
    });
    expect(parseImageManifest("nonsense")).toBeUndefined();
  });
});
