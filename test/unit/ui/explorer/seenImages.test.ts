import { expect, it } from "vitest";
import type { Image } from "../../../../src/core/registry.js";
import { collectSeen } from "../../../../src/ui/explorer/seenImages.js";
import { digestOf } from "../../../fakes/digestOf.js";

const image = (name: string, ...tags: readonly string[]): Image => ({
  digest: digestOf(name),
  tags,
  sizeBytes: 1,
  pushedAt: undefined,
  lastPulledAt: undefined,
  mediaType: undefined,
  artifactMediaType: undefined,
  status: "active",
});

it("finds the wanted images in all repositories that were read", () => {
  const seen = collectSeen(
    [
      { uri: "127.0.0.1:5000/a", images: [image("x", "1"), image("y")], isComplete: true },
      { uri: "127.0.0.1:5000/b", images: [image("x", "2", "3")], isComplete: false },
    ],
    new Set([digestOf("x")]),
  );
  expect(seen.find(digestOf("x"))).toEqual([
    { uri: "127.0.0.1:5000/a", tags: ["1"], isSeen: true },
    { uri: "127.0.0.1:5000/b", tags: ["2", "3"], isSeen: true },
  ]);
  expect(seen.find(digestOf("y"))).toEqual([]);
  expect(seen.isWhole("127.0.0.1:5000/a")).toBe(true);
  expect(seen.isWhole("127.0.0.1:5000/b")).toBe(false);
  expect(seen.isRegistry("127.0.0.1:5000")).toBe(true);
  expect(seen.isRegistry("123456789012.dkr.ecr.eu-west-1.amazonaws.com")).toBe(true);
  expect(seen.isRegistry("docker.io")).toBe(false);
});
