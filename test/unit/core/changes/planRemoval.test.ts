import { expect, it } from "vitest";
import type { LocalContainer } from "../../../../src/core/images/engineImages.js";
import type { LocalImage } from "../../../../src/core/enginePorts.js";
import { planRemoval, sumBytes } from "../../../../src/core/changes/planRemoval.js";

const image = (id: string): LocalImage => ({
  id,
  references: [`${id}:1`],
  digests: [],
  sizeBytes: 10,
  createdAt: new Date(0),
  platform: undefined,
});
const container = (name: string, imageId: string, isRunning: boolean): LocalContainer => ({
  name,
  imageId,
  isRunning,
  goesWithImage: false,
});

it("tells images that can go from those that containers hold on to", () => {
  const [free, stopped, running] = [image("free"), image("stopped"), image("running")];
  const web = container("web", "running", true);
  const old = container("old", "running", false);
  const job = container("job", "stopped", false);
  const plan = planRemoval([free, stopped, running, free], [web, old, job]);
  expect(plan).toEqual({
    free: [free],
    stopped: [{ image: stopped, containers: [job] }],
    running: [{ image: running, containers: [web, old] }],
  });
  expect(sumBytes([free, stopped])).toBe(20);
});
