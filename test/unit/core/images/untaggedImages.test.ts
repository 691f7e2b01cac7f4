import { describe, expect, it } from "vitest";
import { findUntagged } from "../../../../src/core/images/untaggedImages.js";
import { digestOf, image, index, manifestsOf, nameOf } from "../changes/cleanUp/images.js";

describe("findUntagged", () => {
  it("names what no tag leads to, and nothing that a tagged index holds at any depth", () => {
    const images = [
      image("tagged", { tags: ["1"], isIndex: true }),
      image("inner", { isIndex: true }),
      image("deep"),
      image("stray"),
      image("loose", { isIndex: true }),
      image("in-loose"),
    ];
    const manifests = manifestsOf({
      tagged: index(["inner"]),
      inner: index(["deep"]),
      loose: index(["in-loose"]),
    });
    const found = [...findUntagged(images, manifests)].map((digest) => nameOf({ digest }));
    expect(found).toEqual(["stray", "loose", "in-loose"]);
  });

  it("does not count the signature of a tagged image, but that of an untagged one", () => {
    const images = [
      image("tagged", { tags: ["1"] }),
      image("about-tagged", { subject: digestOf("tagged") }),
      image("stray"),
      image("about-stray", { subject: digestOf("stray") }),
      image("about-nothing", { subject: digestOf("elsewhere") }),
    ];
    const found = [...findUntagged(images, new Map())].map((digest) => nameOf({ digest }));
    expect(found).toEqual(["stray", "about-stray", "about-nothing"]);
  });
});
