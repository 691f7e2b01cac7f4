import { expect, it } from "vitest";
import { buildQuery } from "../../../src/docker/buildQuery.js";

const plain = { dockerfile: "/d/Dockerfile", context: "/d", platforms: [] };

it("says nothing for a plain build", () => {
  expect(Object.values(buildQuery(plain)).every((value) => value === undefined)).toBe(true);
});

it("says every option", () => {
  const options = {
    target: "make",
    buildArgs: { A: "1" },
    labels: { b: "2" },
    noCache: true,
    pull: true,
    network: "none" as const,
    hosts: { db: "192.0.2.1", web: "::1" },
  };
  expect(buildQuery({ ...plain, platforms: ["linux/arm64"], options })).toEqual({
    platform: "linux/arm64",
    target: "make",
    buildargs: '{"A":"1"}',
    labels: '{"b":"2"}',
    nocache: "1",
    pull: "1",
    networkmode: "none",
    extrahosts: "db:192.0.2.1,web:::1",
  });
});
