import { describe, expect, it } from "vitest";
import type { LocalImage } from "../../../../src/core/enginePorts.js";
import { findInEcr, type SeenInEcr } from "../../../../src/core/images/inEcr.js";
import { digestOf } from "../../../fakes/digestOf.js";

const uri = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api";
const digest = digestOf("manifest");
const nothing: SeenInEcr = {
  find: () => [],
  isWhole: () => false,
  isRegistry: (host) => host.endsWith(".amazonaws.com"),
};
const image = (more: Partial<LocalImage>): LocalImage => ({
  id: digestOf("config"),
  references: [],
  digests: [],
  sizeBytes: 1,
  createdAt: new Date(0),
  platform: undefined,
  ...more,
});

describe("findInEcr", () => {
  it("believes the engine's own memory of a registry of ECR, and of no other", () => {
    const digests = [`${uri}@${digest}`, `docker.io/library/node@${digest}`];
    expect(findInEcr(image({ digests }), nothing)).toEqual([{ uri, tags: [], isSeen: false }]);
  });

  it("takes that back once the repository is known in whole, and shows no such image", () => {
    const whole: SeenInEcr = { ...nothing, isWhole: (other) => other === uri };
    expect(findInEcr(image({ digests: [`${uri}@${digest}`] }), whole)).toEqual([]);
  });

  it("names the tags where the image was seen, whichever repository its name is from", () => {
    const place = { uri: `${uri}-copy`, tags: ["1.4.0"], isSeen: true };
    const seen: SeenInEcr = { ...nothing, find: (other) => (other === digest ? [place] : []) };
    expect(findInEcr(image({ digests: [`docker.io/api@${digest}`] }), seen)).toEqual([place]);
    expect(findInEcr(image({ id: digest }), seen)).toEqual([place]);
    expect(findInEcr(image({}), seen)).toEqual([]);
  });

  it("names each repository once", () => {
    const place = { uri, tags: ["1.4.0"], isSeen: true };
    const seen: SeenInEcr = { ...nothing, find: (other) => (other === digest ? [place] : []) };
    expect(findInEcr(image({ id: digest, digests: [`${uri}@${digest}`] }), seen)).toEqual([place]);
  });
});
