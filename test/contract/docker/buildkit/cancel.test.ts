import { beforeAll, describe, expect, it } from "vitest";
import { importBaseImages } from "../../../machine/baseImages.js";
import { buildKitsUnderTest, buildOf, collect, engineAt, patience } from "../engineUnderTest.js";
import { Heartbeat } from "./heartbeat.js";

describe.each(await buildKitsUnderTest())("stopping a build on $label", ({ host }) => {
  const engine = engineAt(host);
  beforeAll(() => importBaseImages(host));

  it("stops the running step when it is cancelled", async () => {
    const heart = new Heartbeat(host);
    const folder = await heart.makeFolder();
    const cancel = new AbortController();
    const build = async (): Promise<void> => {
      for await (const event of engine.build(buildOf(folder), cancel.signal)) {
        if (event.type !== "log" || event.text !== "started") continue;
        expect(await heart.isBeating()).toBe(true);
        cancel.abort();
      }
    };
    await expect(build()).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(() => heart.isBeating(), { timeout: 30_000 }).toBe(false);
  });

  it("stops the running step when nobody listens any more", async () => {
    const heart = new Heartbeat(host);
    const folder = await heart.makeFolder();
    for await (const event of engine.build(buildOf(folder), patience)) {
      if (event.type !== "log" || event.text !== "started") continue;
      expect(await heart.isBeating()).toBe(true);
      break;
    }
    await expect.poll(() => heart.isBeating(), { timeout: 30_000 }).toBe(false);
  });

  it("leaves no connection open, however a build ends", async () => {
    const folder = await new Heartbeat(host).makeFolder();
    const before = openConnections();
    for (let round = 0; round < 3; round++) {
      const cancel = new AbortController();
      const cancelled = collect(engine.build(buildOf(folder), cancel.signal));
      setTimeout(() => {
        cancel.abort();
      }, round * 150);
      await expect(cancelled).rejects.toMatchObject({ name: "AbortError" });
      for await (const event of engine.build(buildOf(folder), patience)) {
        if (event.type === "step") break;
      }
    }
    await expect.poll(openConnections, { timeout: 5_000 }).toBe(before);
  });
});

/** Counts the sockets of this process, besides those of the test runner. */
function openConnections(): number {
  const sockets = new Set(["PipeWrap", "TCPSocketWrap", "TLSWrap", "ProcessWrap"]);
  return process.getActiveResourcesInfo().filter((name) => sockets.has(name)).length;
}
