import { randomBytes, randomUUID } from "node:crypto";
import { getEventListeners } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { isCancellation } from "../../../src/core/errors.js";
import { importBaseImages } from "../../machine/baseImages.js";
import { skipTest } from "../skipTest.js";
import { EngineProxy } from "./buildkit/engineProxy.js";
import { buildersUnderTest, buildOf, engineAt, makeFolder } from "./engineUnderTest.js";
import { openFiles, ResourceWatch } from "./resourceWatch.js";

describe.each(await buildersUnderTest())("$builder of $label leaves nothing open", (under) => {
  const { host, builder } = under;
  beforeAll(() => importBaseImages(host));

  let watch: ResourceWatch;
  let folder: string;
  let signal: AbortController;
  beforeEach(async () => {
    const step = `RUN echo ${randomUUID()}; echo started; if test -e /ctx/fails; then exit 3; fi; if test -e /ctx/waits; then sleep 600; fi`;
    folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nCOPY . /ctx/\n${step}\n`,
      ...Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`many/${at}`, `${at}`])),
    });
    await writeFile(path.join(folder, "large"), randomBytes(3_000_000));
    signal = new AbortController();
    watch = new ResourceWatch();
    watch.start();
    onTestFinished(() => {
      watch.stop();
    });
  });

  afterEach(async () => {
    expect(watch.opened).toBeGreaterThan(0);
    // Limits of waits, as that for an engine's first answer, end by themselves.
    await expect.poll(() => watch.open, { timeout: 15_000 }).toEqual([]);
    expect(await openFiles(folder)).toEqual([]);
    expect(getEventListeners(signal.signal, "abort")).toEqual([]);
  });

  /** Builds, and gives up where `giveUp` says so; a cancellation is no failure. */
  async function build(engineHost = host, giveUp?: (text: string) => boolean): Promise<void> {
    const events = engineAt(engineHost, builder).build(buildOf(folder), signal.signal);
    try {
      for await (const event of events) {
        if (event.type === "log" && giveUp?.(event.text)) signal.abort();
      }
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  }

  it("after builds", async () => {
    await watch.run(async () => {
      await build();
      await build();
    });
  });

  it("after failures", async () => {
    await writeFile(path.join(folder, "fails"), "");
    await watch.run(async () => {
      await expect(build()).rejects.toMatchObject({ failure: { kind: "build-failed", line: 3 } });
      await expect(build()).rejects.toMatchObject({ failure: { kind: "build-failed", line: 3 } });
    });
  });

  it("after a cancellation", async () => {
    await writeFile(path.join(folder, "waits"), "");
    await watch.run(() => build(host, (text) => text === "started"));
    expect(signal.signal.aborted).toBe(true);
  });

  it("after nobody listens any more", async () => {
    await writeFile(path.join(folder, "waits"), "");
    await watch.run(async () => {
      const events = engineAt(host, builder).build(buildOf(folder), signal.signal);
      for await (const event of events) if (event.type === "log" && event.text === "started") break;
    });
  });

  it("after the connection broke off", async (context) => {
    if (builder !== "BuildKit") skipTest(context, "it has no session");
    await writeFile(path.join(folder, "waits"), "");
    const proxy = await EngineProxy.start(host);
    await watch.run(async () => {
      const building = build(proxy.host, (text) => {
        if (text === "started") proxy.cut("/session");
        return false;
      });
      await expect(building).rejects.toMatchObject({ failure: { kind: "session-lost" } });
    });
  });
});
