import { expect, it } from "vitest";
import { sharedKey } from "../../../../src/docker/buildkit/sharedKey.js";

it("is the same for a folder each time, another for each folder, and hides the path", () => {
  expect(sharedKey("/home/kim/app")).toBe(sharedKey("/home/kim/app"));
  expect(sharedKey("/home/kim/app")).not.toBe(sharedKey("/home/kim/app2"));
  expect(sharedKey("/home/kim/app")).toMatch(/^[0-9a-f]{64}$/);
});
