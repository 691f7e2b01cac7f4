import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { BuildEvent } from "../../../../src/core/enginePorts.js";
import { dialEngine } from "../../../../src/docker/dialEngine.js";
import { openDirectBuildKit } from "../../../../src/docker/buildkit/directBuildKit.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import {
  addressOf,
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";
import { EngineProxy, NOT_FOUND, pingAnswer, type ProxyRules } from "./engineProxy.js";
import { Heartbeat } from "./heartbeat.js";

/** An engine without `POST /session`, whose gRPC takes the session. */
const withoutSession: ProxyRules = {
  answer: (line) => (line.startsWith("POST /session") ? NOT_FOUND : undefined),
};

/** An engine as Docker says that its next ones are: no upgrades, and gRPC from the first byte. */
const withoutUpgrades: ProxyRules = {
  takesGrpc: true,
  answer: (line) => {
    if (line.startsWith("GET /_ping")) return pingAnswer("1.53");
    return /^POST \/(grpc|session)/.test(line) ? NOT_FOUND : undefined;
  },
};

describe.each(await buildKitsUnderTest())("ways to BuildKit of $label", ({ host }) => {
  beforeAll(() => importBaseImages(host));

  /** Makes a build that needs each service of the session. */
  async function makeBuild(): Promise<{ folder: string; mark: string }> {
    const mark = randomUUID();
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nCOPY . /c/\nRUN --mount=type=secret,id=key echo ${mark}; cat /run/secrets/key; sha256sum < /c/large; ls /c/many | wc -l\n`,
      large: "0123456789".repeat(400_000),
      ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`many/${at}`, `${at}`])),
    });
    return { folder, mark };
  }

  const secrets = { key: () => Promise.resolve(Buffer.from("from the secret\n")) };
  const logOf = (events: readonly BuildEvent[]): string[] =>
    events.flatMap((event) => (event.type === "log" ? event.text : []));

  it.each([
    ["a session inside an upgraded connection", withoutSession, "gRPC"],
    [
      "gRPC without an upgrade",
      withoutUpgrades,
      "gRPC without an upgrade: /grpc answered 404: page not found",
    ],
  ])("builds over %s the same image", async (_what, rules, way) => {
    const proxy = await EngineProxy.start(host, rules);
    const { folder, mark } = await makeBuild();
    const request = buildOf(folder, { options: { secrets } });
    const { events, result } = await collect(engineAt(proxy.host).build(request, patience));
    const lines = logOf(events);
    expect(lines[0]).toBe(`building with BuildKit over ${way}`);
    expect(lines).toEqual(
      expect.arrayContaining([
        mark,
        "from the secret",
        "5e376990de2dd63c9f511f0141573aebf1a37b51adbe4eaf091c3cf3818c06f7  -",
        "300",
      ]),
    );
    // The usual way finds all of it in the cache.
    const again = await collect(engineAt(host).build(request, patience));
    expect(again.result).toEqual(result);

    const broken = await makeFolder({ Dockerfile: "FROM busybox:local\nRUN echo why; exit 3\n" });
    const failing = collect(engineAt(proxy.host).build(buildOf(broken), patience));
    expect(await failureOf(failing)).toMatchObject({
      kind: "build-failed",
      line: 2,
      message: "exit code: 3",
      output: ["why"],
    });
  });

  it.each([
    ["a session inside an upgraded connection", withoutSession],
    ["gRPC without an upgrade", withoutUpgrades],
  ])("stops the step of a build over %s that is cancelled", async (_what, rules) => {
    const proxy = await EngineProxy.start(host, rules);
    const heart = new Heartbeat(host);
    const cancel = new AbortController();
    const request = buildOf(await heart.makeFolder());
    const build = async (): Promise<void> => {
      for await (const event of engineAt(proxy.host).build(request, cancel.signal)) {
        if (event.type !== "log" || event.text !== "started") continue;
        expect(await heart.isBeating()).toBe(true);
        cancel.abort();
      }
    };
    await expect(build()).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(() => heart.isBeating(), { timeout: 30_000 }).toBe(false);
  });

  it("fails when the only connection breaks off, and builds again", async () => {
    const proxy = await EngineProxy.start(host, withoutUpgrades);
    const heart = new Heartbeat(host);
    const folder = await heart.makeFolder();
    const build = async (): Promise<void> => {
      for await (const event of engineAt(proxy.host).build(buildOf(folder), patience)) {
        if (event.type === "log" && event.text === "started") proxy.cut("PRI ");
      }
    };
    expect(await failureOf(build())).toMatchObject({ kind: "session-lost" });
    await expect.poll(() => heart.isBeating(), { timeout: 30_000 }).toBe(false);
    const next = await makeFolder({ Dockerfile: `FROM scratch\nLABEL a=${randomUUID()}\n` });
    const again = collect(engineAt(proxy.host).build(buildOf(next), patience));
    await expect(again).resolves.toBeDefined();
  });

  it("sends an archive where the engine says that it takes gRPC, and does not", async () => {
    const answer = (line: string): string | undefined =>
      line.startsWith("PRI ") ? NOT_FOUND : withoutUpgrades.answer?.(line);
    const proxy = await EngineProxy.start(host, { answer });
    const folder = await makeFolder({ Dockerfile: `FROM scratch\nLABEL a=${randomUUID()}\n` });
    const { events } = await collect(engineAt(proxy.host).build(buildOf(folder), patience));
    const [first, second] = logOf(events);
    expect(first).toMatch(
      /^building with BuildKit over POST \/build: \/grpc answered 404: page not found, and no gRPC without an upgrade: the connection broke off: ./,
    );
    expect(second).toBe("building with the classic builder: /session answered 404: page not found");
  });

  it("is not asked for gRPC without an upgrade when its API is older", async () => {
    const asked: string[] = [];
    const answer = (line: string): string | undefined => {
      asked.push(line);
      if (line.startsWith("GET /_ping")) return pingAnswer("1.52");
      return withoutUpgrades.answer?.(line);
    };
    const proxy = await EngineProxy.start(host, { takesGrpc: true, answer });
    const folder = await makeFolder({ Dockerfile: `FROM scratch\nLABEL a=${randomUUID()}\n` });
    await collect(engineAt(proxy.host).build(buildOf(folder), patience));
    expect(asked).not.toContainEqual(expect.stringMatching(/^PRI /));
  });
});

it.each(await buildKitsUnderTest())(
  "a proxy before $label that takes no HTTP/2 is told",
  async (one) => {
    const proxy = await EngineProxy.start(one.host, { answer: () => NOT_FOUND });
    const dialled = await dialEngine(addressOf(proxy.host), patience);
    await expect(openDirectBuildKit(dialled, patience)).rejects.toMatchObject({
      name: "GrpcError",
    });
  },
);
