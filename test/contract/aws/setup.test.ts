import { describe, expect, it } from "vitest";
import { ACCOUNT, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

describe("readClockSkew", () => {
  it("knows of the clock what the last answer said, a refusal too, and asks nobody", async () => {
    expect(here.registry.readClockSkew()).toBeUndefined();
    await here.control.failOperation("GetCallerIdentity", "OddException", "no");
    await expect(here.registry.identify(here.signal)).rejects.toBeDefined();
    const skewMs = here.registry.readClockSkew();
    expect(Math.abs(skewMs ?? Number.NaN)).toBeLessThan(60_000);
  });
});

describe("probePush", () => {
  it("asks what an engine asks before it sends a layer, and leaves nothing", async () => {
    const repository = { name: "team/api", tagMutability: "mutable" } as const;
    await here.registry.createRepository(repository, here.signal);
    await here.registry.probePush("team/api", here.signal);
    expect(await here.countOf("BatchCheckLayerAvailability")).toBe(1);
    expect(await here.countOf("InitiateLayerUpload")).toBe(1);
  });

  it.each(["BatchCheckLayerAvailability", "InitiateLayerUpload"])(
    "names the right to %s where it is missing",
    async (operation) => {
      const repository = { name: "team/api", tagMutability: "mutable" } as const;
      await here.registry.createRepository(repository, here.signal);
      await here.control.denyAction(`ecr:${operation}`);
      await expect(here.registry.probePush("team/api", here.signal)).rejects.toMatchObject({
        failure: { kind: "access-denied", action: `ecr:${operation}` },
      });
    },
  );
});

describe("listCreationTemplates", () => {
  it("reads the prefix, what it is for and the rule for tags", async () => {
    expect(await here.registry.listCreationTemplates(here.signal)).toEqual([]);
    await here.control.createOnPush({
      prefix: "team",
      tagMutability: "IMMUTABLE",
      account: ACCOUNT,
      region: REGION,
    });
    expect(await here.registry.listCreationTemplates(here.signal)).toEqual([
      {
        prefix: "team",
        isForPushes: true,
        tagMutability: { default: "immutable", exclusions: [] },
      },
    ]);
  });
});
