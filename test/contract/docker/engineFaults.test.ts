import { randomBytes, randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished, type TestContext } from "vitest";
import type { BuiltImage } from "../../../src/core/enginePorts.js";
import { importBaseImages } from "../../machine/baseImages.js";
import { engineKinds } from "../../machine/engineKinds.js";
import {
  type EngineOptions,
  NoPrivateEngine,
  startPrivateEngine,
  type PrivateEngine,
} from "../../machine/privateEngine.js";
import { skipTest } from "../skipTest.js";
import { buildOf, collect, engineAt, failureOf, makeFolder, patience } from "./engineUnderTest.js";

// Engines of their own: what happens to them must not happen to the tests beside.
describe.each(engineKinds)("$name", (kind) => {
  async function start(context: TestContext, options: EngineOptions = {}): Promise<PrivateEngine> {
    const logName = `${kind.name}-faults`;
    const engine = await startPrivateEngine(kind, { ...options, logName }).catch(
      (error: unknown) => {
        if (error instanceof NoPrivateEngine) skipTest(context, error.message);
        throw error;
      },
    );
    onTestFinished(() => engine.stop());
    await importBaseImages(engine.host);
    return engine;
  }

  it("that is killed amid a build ends it, holds no connection, and builds when it is back", async (context) => {
    const server = await start(context);
    const engine = engineAt(server.host);
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN echo started ${randomUUID()}; sleep 600\n`,
    });
    const before = openConnections();
    const build = async (): Promise<void> => {
      for await (const event of engine.build(buildOf(folder), patience)) {
        if (event.type === "log" && event.text.startsWith("started")) void server.crash();
      }
    };
    expect(await failureOf(build())).toEqual({ kind: "stream-truncated", operation: "build" });
    await expect.poll(openConnections, { timeout: 5_000 }).toBe(before);
    const gone = await failureOf(collect(engine.build(buildOf(folder), patience)));
    expect(gone).toMatchObject({ kind: "docker-unavailable", endpoint: server.host });

    await server.restart();
    await writeFile(path.join(folder, "Dockerfile"), "FROM busybox:local\nRUN echo again\n");
    const { events } = await collect(engine.build(buildOf(folder), patience));
    expect(events).toContainEqual(expect.objectContaining({ type: "log", text: "again" }));
  });

  it("whose disk is full says so, and builds when there is space again", async (context) => {
    const server = await start(context, { diskBytes: 48_000_000 });
    const engine = engineAt(server.host);
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nCOPY . /\n" });
    const build = (): Promise<{ result: BuiltImage }> =>
      collect(engine.build(buildOf(folder), patience));
    await writeFile(path.join(folder, "big"), randomBytes(64_000_000));
    expect(await failureOf(build())).toEqual({ kind: "engine-disk-full", operation: "build" });
    await rm(path.join(folder, "big"));
    await server.setDiskBytes(96_000_000);
    expect((await build()).result.imageId).toMatch(/^sha256:/);
  });
});

/** Counts the sockets of this process, besides those of the test runner. */
function openConnections(): number {
  const sockets = new Set(["PipeWrap", "TCPSocketWrap", "TLSWrap"]);
  return process.getActiveResourcesInfo().filter((name) => sockets.has(name)).length;
}
