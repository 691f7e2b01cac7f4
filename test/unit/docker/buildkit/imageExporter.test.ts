import { expect, it } from "vitest";
import { parseImageReference } from "../../../../src/core/imageReference.js";
import { pushExporter } from "../../../../src/docker/buildkit/imageExporter.js";

const references = ["h:1/a/b:x", "h:1/a/b:y"].map(parseImageReference);

it("pushes all names with gzip, and leaves layers of base images as they are", () => {
  expect(pushExporter({ references, compression: "gzip" })).toEqual({
    type: "image",
    attributes: { name: "h:1/a/b:x,h:1/a/b:y", push: "true", compression: "gzip" },
  });
});

it("packs every layer anew for zstd, which Docker's media types don't know", () => {
  expect(pushExporter({ references, compression: "zstd" }).attributes).toEqual({
    name: "h:1/a/b:x,h:1/a/b:y",
    push: "true",
    compression: "zstd",
    "force-compression": "true",
    "oci-mediatypes": "true",
  });
});
