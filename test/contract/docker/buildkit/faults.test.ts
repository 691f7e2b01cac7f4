import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { BuildEvent } from "../../../../src/core/enginePorts.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";
import { EngineProxy, NOT_FOUND, pingAnswer } from "./engineProxy.js";
import { Heartbeat } from "./heartbeat.js";

/** An older engine, which is not asked for gRPC without an upgrade, and has not these paths. */
function refusing(paths: RegExp): (line: string) => string | undefined {
  return (line) => {
    if (line.startsWith("GET /_ping")) return pingAnswer("1.41");
    return paths.test(line) ? NOT_FOUND : undefined;
  };
}

describe.each(await buildKitsUnderTest())("a faulty way to BuildKit of $label", ({ host }) => {
  beforeAll(() => importBaseImages(host));

  /** Builds and does something once the step has begun. */
  async function buildAndThen(
    engineHost: string,
    folder: string,
    then: () => void,
  ): Promise<readonly BuildEvent[]> {
    const events: BuildEvent[] = [];
    for await (const event of engineAt(engineHost).build(buildOf(folder), patience)) {
      events.push(event);
      if (event.type === "log" && event.text === "started") then();
    }
    return events;
  }

  it.each(["/session", "/grpc"])("fails when %s breaks off, and builds again", async (path) => {
    const proxy = await EngineProxy.start(host);
    const heart = new Heartbeat(host);
    const folder = await heart.makeFolder();
    const building = buildAndThen(proxy.host, folder, () => {
      proxy.cut(path);
    });
    expect(await failureOf(building)).toMatchObject({ kind: "session-lost" });
    await expect.poll(() => heart.isBeating(), { timeout: 30_000 }).toBe(false);

    const next = await makeFolder({ Dockerfile: `FROM scratch\nLABEL a=${randomUUID()}\n` });
    await expect(
      collect(engineAt(proxy.host).build(buildOf(next), patience)),
    ).resolves.toBeDefined();
  });

  it("fails when the engine goes away", async () => {
    const proxy = await EngineProxy.start(host);
    const folder = await new Heartbeat(host).makeFolder();
    const building = buildAndThen(proxy.host, folder, () => {
      proxy.stop();
    });
    expect(await failureOf(building)).toEqual({ kind: "stream-truncated", operation: "build" });
  });

  it("builds through POST /build with the same session where the engine refuses gRPC", async () => {
    const answer = refusing(/^POST \/grpc/);
    const proxy = await EngineProxy.start(host, { answer });
    const engine = engineAt(proxy.host);
    const mark = randomUUID();
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nCOPY file /\nRUN --mount=type=secret,id=key echo ${mark}; cat /file /run/secrets/key\n`,
      file: "from the context\n",
    });
    const secrets = { key: () => Promise.resolve(Buffer.from("from the secret\n")) };
    const request = buildOf(folder, { options: { secrets } });
    const { events, result } = await collect(engine.build(request, patience));
    expect(events[0]).toEqual({
      type: "log",
      text: "building with BuildKit over POST /build: /grpc answered 404: page not found",
    });
    expect(events.flatMap((event) => (event.type === "log" ? event.text : []))).toEqual(
      expect.arrayContaining([mark, "from the context", "from the secret"]),
    );
    const place = expect.objectContaining({ index: 3, total: 3 }) as object;
    expect(events).toContainEqual(expect.objectContaining({ type: "step", place }));
    // The same build over gRPC finds all of it in the cache.
    const again = await collect(engineAt(host).build(request, patience));
    expect(again.result).toEqual(result);

    const broken = await makeFolder({ Dockerfile: "FROM busybox:local\nRUN echo why; exit 3\n" });
    expect(await failureOf(collect(engine.build(buildOf(broken), patience)))).toMatchObject({
      kind: "build-failed",
      dockerfile: buildOf(broken).dockerfile,
      line: 2,
      step: "RUN echo why; exit 3",
      message: "exit code: 3",
      output: ["why"],
    });
  });

  it("stops the step of a POST /build that is cancelled", async () => {
    const answer = refusing(/^POST \/grpc/);
    const proxy = await EngineProxy.start(host, { answer });
    const heart = new Heartbeat(host);
    const cancel = new AbortController();
    const request = buildOf(await heart.makeFolder());
    const build = async (): Promise<void> => {
      for await (const event of engineAt(proxy.host).build(request, cancel.signal)) {
        if (event.type === "log" && event.text === "started") cancel.abort();
      }
    };
    await expect(build()).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(() => heart.isBeating(), { timeout: 30_000 }).toBe(false);
  });

  it("sends an archive where the engine offers no session, and says why", async () => {
    const answer = refusing(/^POST \/(grpc|session)/);
    const proxy = await EngineProxy.start(host, { answer });
    const folder = await makeFolder({ Dockerfile: `FROM scratch\nLABEL a=${randomUUID()}\n` });
    const { events } = await collect(engineAt(proxy.host).build(buildOf(folder), patience));
    expect(events).toContainEqual({
      type: "log",
      text: "building with the classic builder: /session answered 404: page not found",
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: "step", name: "[1/2] FROM scratch", state: "done" }),
    );
  });
});
