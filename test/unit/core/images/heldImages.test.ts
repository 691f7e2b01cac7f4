import { describe, expect, it } from "vitest";
import { HeldImages } from "../../../../src/core/images/heldImages.js";
import { EcrError } from "../../../../src/core/errors.js";
import { parseImageReference } from "../../../../src/core/imageReference.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { ScriptedEngine } from "../../../fakes/scriptedEngine.js";

const never = new AbortController().signal;

async function pushedImage(): Promise<{
  engine: ScriptedEngine;
  id: string;
  digest: string;
}> {
  const registry = new InMemoryRegistry();
  const engine = new ScriptedEngine(registry);
  registry.addRepository("team/api");
  const name = `${registry.host}/team/api:v1`;
  const id = engine.load(["one"], name);
  const push = engine.push(parseImageReference(name), await registry.fetchToken(never), never);
  for (;;) {
    const next = await push.next();
    if (next.done) return { engine, id, digest: next.value.digest };
  }
}

describe("HeldImages", () => {
  it("finds an image by the digest that a registry knows it by, and by its id", async () => {
    const { engine, id, digest } = await pushedImage();
    const held = new HeldImages(() => Promise.resolve(engine));
    expect(held.find(digest)).toBeUndefined();
    await held.read();
    expect(held.find(digest)?.id).toBe(id);
    expect(held.find(id)?.id).toBe(id);
    expect(held.find(`sha256:${"0".repeat(64)}`)).toBeUndefined();
  });

  it("asks the engine once until somebody says that its images have changed", async () => {
    const { engine } = await pushedImage();
    const held = new HeldImages(() => Promise.resolve(engine));
    await Promise.all([held.read(), held.read()]);
    await held.read();
    const asked = (): number => engine.calls.names.filter((name) => name === "listImages").length;
    expect(asked()).toBe(1);
    held.forget();
    await Promise.all([held.read(), held.read()]);
    expect(asked()).toBe(2);
  });

  it("tells of changes, and of nothing else", async () => {
    const { engine, id } = await pushedImage();
    const held = new HeldImages(() => Promise.resolve(engine));
    let told = 0;
    const stop = held.subscribe(() => (told += 1));
    await held.read();
    held.forget();
    await held.read();
    expect(told).toBe(1);
    await engine.removeImage(id, false, never);
    held.forget();
    await held.read();
    expect(told).toBe(2);
    expect(held.find(id)).toBeUndefined();
    stop();
    engine.load(["two"]);
    held.forget();
    await held.read();
    expect(told).toBe(2);
  });

  it("fails without an engine, keeps what it knew, and asks again next time", async () => {
    const { engine, digest } = await pushedImage();
    const held = new HeldImages(() => Promise.resolve(engine));
    await held.read();
    engine.calls.plan("listImages", () => {
      throw new EcrError({ kind: "docker-unavailable", endpoint: "e", tried: [] });
    });
    held.forget();
    await expect(held.read()).rejects.toThrow("docker-unavailable");
    expect(held.find(digest)).toBeDefined();
    expect(await held.read()).toHaveLength(1);
  });
});
