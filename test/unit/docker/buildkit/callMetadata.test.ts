import { expect, it } from "vitest";
import { readMetadata } from "../../../../src/docker/buildkit/callMetadata.js";

it("keeps repeated headers apart, with their commas", () => {
  const raw = ["exclude-patterns", "a, b", "Exclude-Patterns", "c", "dir-name", "context"];
  const metadata = readMetadata(raw);
  expect(metadata.values("exclude-patterns")).toEqual(["a, b", "c"]);
  expect(metadata.values("dir-name")).toEqual(["context"]);
  expect(metadata.values("followpaths")).toEqual([]);
});

it("decodes what the engine escaped, and nothing else", () => {
  const raw = ["a", "%C3%BC+x%2By", "a", "100%", "a-encoded", "1", "b", "%20+"];
  const metadata = readMetadata(raw);
  expect(metadata.values("a")).toEqual(["ü x+y", "100%"]);
  expect(metadata.values("b")).toEqual(["%20+"]);
});

it("reads names in any script that came as bare bytes", () => {
  const value = Buffer.from("ünïcödé/文*").toString("latin1");
  expect(readMetadata(["p", value]).values("p")).toEqual(["ünïcödé/文*"]);
});
