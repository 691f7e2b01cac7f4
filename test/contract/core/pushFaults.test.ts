import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { ACCOUNT, useLocalRegistry } from "../aws/localRegistry.js";
import { patience } from "../docker/engineUnderTest.js";
import { testEngines } from "../engines.js";
import {
  contextOf,
  digestInEcr,
  freshFiles,
  isPhase,
  phasesOf,
  Pipeline,
  requestFor,
} from "./pipeline.js";

const here = useLocalRegistry();

describe.each(await testEngines())("a push that meets a fault with $label", (testEngine) => {
  const { host, kind, retriesLayers } = testEngine;
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = new Pipeline(here, host);
  });
  afterEach(async () => {
    await pipeline.tidy();
    expect(pipeline.leaks()).toEqual([]);
  });

  it("renews a token that ends between build and push, once", async () => {
    const { events, pushed } = await pipeline.push(await requestFor(freshFiles()), {
      onEvent: (event) => (isPhase(event, "push") ? here.control.expireTokens() : undefined),
    });
    expect(pushed?.digest).toBe(await digestInEcr(here, "1.0"));
    expect(events.filter(({ type }) => type === "warning")).toHaveLength(1);
    expect(await here.countOf("GetAuthorizationToken")).toBe(2);
    expect(pipeline.tokenCount).toBe(2);
  });

  it("renews a token that the registry never knew, once", async () => {
    const { registry } = here;
    const fetchToken = registry.fetchToken.bind(registry);
    let fetched = 0;
    Object.assign(registry, {
      fetchToken: async (signal: AbortSignal) => {
        const token = await fetchToken(signal);
        fetched += 1;
        const { host: tokenHost, username, issuedAt, expiresAt } = token;
        return fetched > 1
          ? token
          : new RegistryToken(tokenHost, username, "wrong", issuedAt, expiresAt);
      },
    });
    const { pushed } = await pipeline.push(await requestFor(freshFiles()));
    expect(pushed).toBeDefined();
    expect(fetched).toBe(2);
  });

  it("says that the repository is missing, at once or when it goes amid the push", async () => {
    const request = await requestFor(freshFiles());
    const missing = await pipeline.push({ ...request, create: undefined });
    expect(missing.failure).toMatchObject({ kind: "repository-not-found", repository: "team/api" });
    expect(phasesOf(missing.events)).toEqual(["preflight"]);

    const gone = await pipeline.push(request, {
      onEvent: (event) => (isPhase(event, "push") ? here.control.clear() : undefined),
    });
    expect(gone.failure).toEqual({
      kind: "repository-not-found",
      repository: "team/api",
      registryId: ACCOUNT,
    });
    expect(await pipeline.localNames()).toEqual([]);
    expect((await pipeline.push(request)).pushed).toBeDefined();
  });

  it("says that a tag can't move before it builds, and takes another tag", async () => {
    const create = { tagMutability: "immutable" } as const;
    await pipeline.push(await requestFor(freshFiles(), { create }));
    const request = await requestFor(freshFiles(), { create });
    const { events, failure } = await pipeline.push(request);
    expect(failure).toEqual({ kind: "tag-immutable", repository: "team/api", tag: "1.0" });
    expect(phasesOf(events)).toEqual(["preflight"]);
    expect((await pipeline.push({ ...request, tags: ["1.1"] })).pushed).toBeDefined();
  });

  it("says that a tag can't move when another push took it during the build", async () => {
    const create = { tagMutability: "immutable" } as const;
    const other = await requestFor(freshFiles(), { create });
    const rival = new Pipeline(here, host);
    const { failure } = await pipeline.push(await requestFor(freshFiles(), { create }), {
      onEvent: async (event) => {
        if (isPhase(event, "build")) await rival.push(other);
      },
    });
    expect(failure).toEqual({ kind: "tag-immutable", repository: "team/api", tag: "1.0" });
    // The rival's name is where it was.
    expect(await pipeline.localNames()).toEqual([`${here.local.host}/team/api:1.0`]);
    const held = await pipeline.engine.findImage(`${here.local.host}/team/api:1.0`, patience);
    // Podman notes the digest that an image has before its layers are compressed for a push.
    if (kind === "docker") expect(held?.digests.join()).toContain(await digestInEcr(here, "1.0"));
  });

  it("names the permission that is missing, leaves no name, then works", async () => {
    const request = await requestFor(freshFiles());
    await here.control.denyAction("ecr:CreateRepository");
    expect((await pipeline.push(request)).failure).toMatchObject({
      kind: "access-denied",
      action: "ecr:CreateRepository",
    });
    await here.control.reset();
    await here.control.denyAction("ecr:PutImage");
    expect((await pipeline.push(request)).failure).toMatchObject({
      kind: "access-denied",
      action: "ecr:PutImage",
      resource: expect.stringContaining("team/api") as string,
    });
    expect(await pipeline.localNames()).toEqual([]);
    await here.control.reset();
    expect((await pipeline.push(request)).pushed?.wasThere).toBe(false);
  });

  it("gets over a connection that is cut amid a layer", async () => {
    const request = await requestFor(freshFiles());
    await writeFile(path.join(contextOf(request), "file"), randomBytes(3_000_000));
    await here.control.cutLayer({ afterBytes: 500_000 });
    const { events, pushed, failure } = await pipeline.push(request);
    expect(failure).toBeUndefined();
    expect(pushed?.digest).toBe(await digestInEcr(here, "1.0"));
    const isRetried = events.some((event) => event.type === "layer" && event.state === "retrying");
    expect(isRetried).toBe(retriesLayers);
  });

  it("says that the AWS session has ended before it builds, then works", async () => {
    const request = await requestFor(freshFiles());
    await here.control.rejectCredentials("ExpiredTokenException", 10);
    const { events, failure } = await pipeline.push(request);
    expect(failure).toEqual({ kind: "credentials-expired", profile: "dev" });
    expect(phasesOf(events)).toEqual(["preflight"]);
    await here.control.reset();
    expect((await pipeline.push(request)).pushed).toBeDefined();
  });

  it("puts a name that it moved back to the image that had it", async () => {
    const first = await pipeline.push(await requestFor(freshFiles()));
    const [name = ""] = await pipeline.localNames();
    const before = (await pipeline.engine.findImage(name, patience))?.id;
    await here.control.denyAction("ecr:PutImage");
    const { failure } = await pipeline.push(await requestFor(freshFiles()));
    expect(failure?.kind).toBe("access-denied");
    expect((await pipeline.engine.findImage(name, patience))?.id).toBe(before);
    expect(await digestInEcr(here, "1.0")).toBe(first.pushed?.digest);
  });
});
