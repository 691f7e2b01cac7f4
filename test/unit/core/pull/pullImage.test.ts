import { describe, expect, it } from "vitest";
import { EcrError, isCancellation } from "../../../../src/core/errors.js";
import type { FindToken } from "../../../../src/core/ports.js";
import {
  pullImage,
  type PulledImage,
  type PullingEvent,
  type PullRequest,
  tagsForPlatform,
} from "../../../../src/core/pull/pullImage.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { makeFindToken } from "../../../../src/core/login/findToken.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { ScriptedEngine } from "../../../fakes/scriptedEngine.js";

const never = new AbortController().signal;
const digest = digestOf("an image");

function makeWorld(): {
  registry: InMemoryRegistry;
  engine: ScriptedEngine;
  findToken: FindToken;
  request: PullRequest;
} {
  const registry = new InMemoryRegistry();
  registry.addRepository("team/api");
  registry.putImage("team/api", { digest, tag: "v1" });
  const tokens = new TokenKeeper(registry.now, () => undefined);
  const findToken = makeFindToken(
    { open: () => Promise.resolve(registry), tokens },
    registry.location,
  );
  const repositoryUri = `${registry.host}/team/api`;
  const request = { repositoryUri, digest, platform: undefined, tags: ["v1", "latest"] };
  return { registry, engine: new ScriptedEngine(registry), findToken, request };
}

async function run(
  { engine, findToken, request }: Omit<ReturnType<typeof makeWorld>, "registry">,
  signal = never,
): Promise<{ events: PullingEvent[]; pulled: PulledImage }> {
  const events: PullingEvent[] = [];
  const pull = pullImage({ engine, findToken }, request, signal);
  for (;;) {
    const next = await pull.next();
    if (next.done) return { events, pulled: next.value };
    events.push(next.value);
  }
}

describe("pullImage", () => {
  it("pulls by digest and gives the image its names", async () => {
    const world = makeWorld();
    const { events, pulled } = await run(world);
    const uri = world.request.repositoryUri;
    expect(pulled.names).toEqual([`${uri}:v1`, `${uri}:latest`]);
    expect(pulled.wasThere).toBe(false);
    expect(pulled.image.digests).toEqual([`${uri}@${digest}`]);
    expect(world.engine.names).toEqual([
      [`${uri}:latest`, pulled.image.id],
      [`${uri}:v1`, pulled.image.id],
    ]);
    expect(events.map((event) => event.type === "layer" && event.state)).toEqual([
      "downloading",
      "done",
    ]);
    expect((await run(world)).pulled.wasThere).toBe(true);
  });

  it("renews a token that the registry refuses, once", async () => {
    const world = makeWorld();
    world.engine.calls.plan("pull", () => {
      throw new EcrError({ kind: "token-expired", host: world.registry.host });
    });
    const { events } = await run(world);
    expect(events[0]).toMatchObject({ type: "warning" });
    expect(world.registry.calls.names.filter((name) => name === "fetchToken")).toHaveLength(2);

    let refusals = 0;
    const refuse = (): never => {
      refusals += 1;
      world.engine.calls.plan("pull", refuse);
      throw new EcrError({ kind: "registry-unauthorized", host: world.registry.host });
    };
    world.engine.calls.plan("pull", refuse);
    await expect(run(world)).rejects.toThrow("registry-unauthorized");
    expect(refusals).toBe(2);
  });

  it.each([
    { kind: "image-not-found", reference: "r" } as const,
    {
      kind: "access-denied",
      action: "ecr:BatchGetImage",
      resource: undefined,
      principal: undefined,
    } as const,
  ])("does not ask twice for what a new token can't mend: $kind", async (failure) => {
    const world = makeWorld();
    world.engine.calls.plan("pull", () => {
      throw new EcrError(failure);
    });
    await expect(run(world)).rejects.toThrow(failure.kind);
    expect(world.engine.calls.names.filter((name) => name === "pull")).toHaveLength(1);
  });

  it("gives no name when it is cancelled", async () => {
    const world = makeWorld();
    const cancel = new AbortController();
    world.engine.calls.plan("pull done", () => {
      cancel.abort();
    });
    await expect(run(world, cancel.signal)).rejects.toSatisfy(isCancellation);
    expect(world.engine.names).toEqual([]);
  });
});

describe("tagsForPlatform", () => {
  it.each([
    [[], ["1.4", "latest"], "linux/arm64", ["1.4-arm64", "latest-arm64"]],
    [[], ["1.4"], "linux/arm/v7", ["1.4-arm-v7"]],
    [[], ["1.4"], "windows/amd64", ["1.4-windows-amd64"]],
    [["1.4-own"], ["1.4"], "linux/arm64", ["1.4-own"]],
    [[], ["1.4"], undefined, []],
    [[], ["x".repeat(123)], "linux/arm64", []],
  ])("%j of an index %j for %s", (own, index, platform, expected) => {
    expect(tagsForPlatform(own, index, platform)).toEqual(expected);
  });
});
