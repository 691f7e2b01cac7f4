import { describe, expect, it } from "vitest";
import { OpenRegistries } from "../../../src/core/openRegistries.js";
import type { OpenRegistry } from "../../../src/core/ports.js";
import { InMemoryRegistry } from "../../fakes/inMemoryRegistry.js";

const west = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const east = { ...west, region: "us-east-1" };
const openInMemory: OpenRegistry = (location) => new InMemoryRegistry(location);

describe("OpenRegistries", () => {
  it("opens each location once, without a request", async () => {
    const registries = new OpenRegistries(() => Promise.resolve(openInMemory));
    const first = await registries.open(west);
    expect(await registries.open({ ...west })).toBe(first);
    expect(first.location).toEqual(west);
    expect((await registries.open(east)).location).toEqual(east);
    expect(first).toMatchObject({ calls: { names: [] } });
  });

  it("loads nothing before a registry is opened", async () => {
    let loads = 0;
    const registries = new OpenRegistries(() => {
      loads += 1;
      return Promise.resolve(openInMemory);
    });
    expect(loads).toBe(0);
    await registries.open(west);
    expect(loads).toBe(1);
  });

  it("opens anew once all are forgotten", async () => {
    const registries = new OpenRegistries(() => Promise.resolve(openInMemory));
    const first = await registries.open(west);
    registries.forgetAll();
    expect(await registries.open(west)).not.toBe(first);
  });

  it("loads again after a load that failed", async () => {
    const loads = [
      (): Promise<OpenRegistry> => Promise.reject(new Error("chunk is missing")),
      (): Promise<OpenRegistry> => Promise.resolve(openInMemory),
    ];
    const registries = new OpenRegistries(() => loads.shift()?.() ?? Promise.reject(new Error()));
    await expect(registries.open(west)).rejects.toThrow("chunk is missing");
    expect((await registries.open(west)).location).toEqual(west);
  });

  it("keeps a registry that was opened while an earlier load still failed", async () => {
    let fail = (): void => undefined;
    const loads = [
      (): Promise<OpenRegistry> =>
        new Promise((_, reject) => {
          fail = () => {
            reject(new Error("late"));
          };
        }),
      (): Promise<OpenRegistry> => Promise.resolve(openInMemory),
    ];
    const registries = new OpenRegistries(() => loads.shift()?.() ?? Promise.reject(new Error()));
    const failing = registries.open(west);
    registries.forgetAll();
    const kept = await registries.open(west);
    fail();
    await expect(failing).rejects.toThrow("late");
    expect(await registries.open(west)).toBe(kept);
  });
});
