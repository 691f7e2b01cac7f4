import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ImageReference } from "../../../src/core/imageReference.js";
import type { RegistryToken } from "../../../src/core/login/registryToken.js";
import { testEngines } from "../engines.js";
import { skipTest } from "../skipTest.js";
import { collect, engineAt, failureOf, patience } from "./engineUnderTest.js";
import { RegistryRig } from "./registryRig.js";

const WORDLESS = {
  kind: "access-denied",
  action: undefined,
  resource: undefined,
  principal: undefined,
};

let rig: RegistryRig;
beforeAll(async () => {
  rig = await RegistryRig.start();
});
afterAll(() => rig.stop());
afterEach(() => rig.control.reset());

describe.each(await testEngines())("pushing with $label", (testEngine) => {
  const { host, kind, tellsLayers, retriesLayers } = testEngine;
  const engine = engineAt(host);
  const used: ImageReference[] = [];
  afterEach(async () => {
    for (const reference of used.splice(0)) await engine.untag(reference, patience);
  });

  async function prepare(
    repository: string,
    size?: { layers?: number; layerBytes?: number },
  ): Promise<ImageReference> {
    const reference = await rig.prepareImage(host, repository, size);
    used.push(reference);
    return reference;
  }

  async function failPush(
    reference: ImageReference,
    token: RegistryToken,
  ): ReturnType<typeof failureOf> {
    return failureOf(collect(engine.push(reference, token, patience)));
  }

  it("returns the digest that the registry shows", async () => {
    const repository = await rig.createRepository();
    const reference = await prepare(repository, { layers: 3 });
    const token = await rig.fetchToken();
    const { events, result } = await collect(engine.push(reference, token, patience));

    expect(result.digest).toBe(await rig.findDigest(repository, "v1"));
    const done = events.filter((event) => event.state === "done");
    expect(new Set(done.map((event) => event.id)).size).toBe(tellsLayers ? 3 : 0);
    // The containerd store looks at its uploads now and then, and may see none under way.
    const isSeen = events.some((event) => event.state === "uploading" && event.sentBytes > 0);
    if (retriesLayers) expect(isSeen).toBe(true);
    expect(done.every((event) => event.sentBytes === event.totalBytes)).toBe(true);

    const again = await collect(engine.push(reference, token, patience));
    expect(again.result.digest).toBe(result.digest);
    const there = again.events.filter((event) => event.state === "exists");
    expect(there).toHaveLength(tellsLayers ? 3 : 0);
  });

  it("mounts layers that another repository of the registry holds", async () => {
    const first = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await collect(engine.push(first, token, patience));
    const second = { ...first, repository: await rig.createRepository() };
    const image = await engine.findImage(`${first.host}/${first.repository}:v1`, patience);
    await engine.tag(image?.id ?? "", second, patience);
    used.push(second);
    const { events, result } = await collect(engine.push(second, token, patience));
    if (tellsLayers) expect(events.map((event) => event.state)).toContain("mounted");
    expect(result.digest).toBe(await rig.findDigest(second.repository, "v1"));
  });

  it("says that the registry does not know the token", async () => {
    const reference = await prepare(await rig.createRepository());
    expect(await failPush(reference, rig.wrongToken())).toEqual({
      kind: "registry-unauthorized",
      host: rig.ecr.host,
    });
  });

  it("sends a token to no other host than its own", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.clear();
    const elsewhere = { ...reference, host: rig.ecr.host.replace("127.0.0.1", "127.0.0.2") };
    const failure = await failPush(elsewhere, token);
    expect(failure.kind).not.toBe("push-failed");
    const requests = await rig.control.requests();
    expect(requests.filter((request) => request.authorization === "Basic")).toEqual([]);
  });

  it("says that the token has expired, and a second try with a new one works", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.expireTokens();
    // Podman asks with HEAD first, to which an answer has no words.
    const expired = { kind: "token-expired", host: rig.ecr.host };
    expect(await failPush(reference, token)).toMatchObject(kind === "podman" ? WORDLESS : expired);
    const { result } = await collect(engine.push(reference, await rig.fetchToken(), patience));
    expect(result.digest).toBe(await rig.findDigest(reference.repository, "v1"));
  });

  it("names the repository that does not exist, and its registry", async () => {
    const reference = await prepare("rig/missing");
    expect(await failPush(reference, await rig.fetchToken())).toEqual({
      kind: "repository-not-found",
      repository: "rig/missing",
      registryId: "123456789012",
    });
  });

  it("names the tag that may not move", async () => {
    const repository = await rig.createRepository("IMMUTABLE");
    const token = await rig.fetchToken();
    await collect(engine.push(await prepare(repository), token, patience));
    const failure = await failPush(await prepare(repository), token);
    expect(failure).toEqual({ kind: "tag-immutable", repository, tag: "v1" });
  });

  it("names the action, the resource and the principal that IAM refuses", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.denyAction("ecr:PutImage");
    expect(await failPush(reference, token)).toMatchObject({
      kind: "access-denied",
      action: "ecr:PutImage",
      resource: expect.stringContaining(reference.repository) as string,
      principal: expect.stringContaining("123456789012") as string,
    });
  });

  it("reads a refusal without a word as access denied", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.denyAction("*", { emptyBody: true });
    expect(await failPush(reference, token)).toMatchObject(WORDLESS);
  });

  it("says that the registry asks for fewer requests", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.failOperation("PutImage", "TOOMANYREQUESTS", "Rate exceeded", 429, 100);
    expect(await failPush(reference, token)).toEqual({
      kind: "throttled",
      operation: "push",
      host: rig.ecr.host,
    });
  });

  it.each([
    [
      "UNSUPPORTED",
      "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'",
      400,
      { kind: "manifest-rejected" },
    ],
    [
      "LayersNotFoundException",
      "Layers with digests '[sha256:9f2c]' required for pushing image into repository with name 'x' in the registry with id '123456789012' do not exist",
      400,
      { kind: "layer-lost" },
    ],
    [
      "DENIED",
      "User: arn:aws:sts::123456789012:assumed-role/Developer/kim is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:eu-west-1:210987654321:repository/x because no resource-based policy allows the ecr:PutImage action",
      403,
      { kind: "access-denied", action: "ecr:PutImage", because: "no-resource-policy" },
    ],
    [
      "LimitExceededException",
      "The repository with name 'x' in registry with id '123456789012' already has the maximum allowed number of images which is '100000'",
      403,
      { kind: "limit-exceeded" },
    ],
  ])("knows what the registry means by %s: %s", async (code, message, status, failure) => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.failOperation("PutImage", code, message, status, 100);
    expect(await failPush(reference, token)).toMatchObject(failure);
  });

  it("names the permission that a manifest lacks, where the engine quotes its request", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.denyAction("ecr:PutImage", { emptyBody: true });
    // Engines with the classic store quote no request.
    const actions = retriesLayers ? [] : ["ecr:PutImage"];
    const { host: registry } = rig.ecr;
    const asked = { host: registry, repository: reference.repository, actions };
    expect(await failPush(reference, token)).toMatchObject({ ...WORDLESS, asked });
  });

  it("tells the engine's retries, and then that the registry has a fault", async () => {
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.failLayer({ nth: 1, status: 503, times: 1000 });
    const states = new Set<string>();
    const push = async (): Promise<void> => {
      for await (const event of engine.push(reference, token, patience)) states.add(event.state);
    };
    const failure = await failureOf(push());
    expect(failure).toMatchObject({ kind: "registry-unavailable", host: rig.ecr.host });
    expect([...states].includes("retrying")).toBe(retriesLayers);
  });

  it("retries a connection that is cut in the middle of a layer", async (context) => {
    if (!retriesLayers) skipTest(context, "this engine tries a layer once");
    const reference = await prepare(await rig.createRepository());
    const token = await rig.fetchToken();
    await rig.control.cutLayer({ nth: 1, afterBytes: 100_000, times: 1 });
    const { events, result } = await collect(engine.push(reference, token, patience));
    expect(events.map((event) => event.state)).toContain("retrying");
    expect(result.digest).toBe(await rig.findDigest(reference.repository, "v1"));
  });

  it("says that a registry is not there", async () => {
    const reference = await prepare(await rig.createRepository());
    const nowhere = { ...reference, host: "127.0.0.1:9" };
    const source = `${reference.host}/${reference.repository}:v1`;
    const image = await engine.findImage(source, patience);
    await engine.tag(image?.id ?? "", nowhere, patience);
    used.push(nowhere);
    expect(await failPush(nowhere, rig.wrongToken())).toMatchObject({
      kind: "registry-unreachable",
      host: "127.0.0.1:9",
    });
  });

  it("says that the engine has no such image", async () => {
    const reference = { host: rig.ecr.host, repository: "rig/none", tag: "v1", digest: undefined };
    expect(await failPush(reference, rig.wrongToken())).toEqual({
      kind: "image-not-found",
      reference: `${rig.ecr.host}/rig/none:v1`,
    });
  });

  it("stops the engine's upload when it is cancelled", async () => {
    const reference = await prepare(await rig.createRepository(), { layerBytes: 8_000_000 });
    const token = await rig.fetchToken();
    await rig.control.limitRate(400_000);
    const cancel = new AbortController();
    const push = async (): Promise<void> => {
      for await (const event of engine.push(reference, token, cancel.signal)) {
        if (event.state === "uploading" && event.sentBytes > 0) cancel.abort();
      }
    };
    if (!tellsLayers) void cancelAtUpload(cancel);
    await expect(push()).rejects.toMatchObject({ name: "AbortError" });

    // Without a limit an engine that goes on would be done before the next look.
    await rig.control.limitRate(0);
    await delay(2_000);
    let seen = -1;
    // A request that was under way may still end; after it the engine is silent.
    await vi.waitUntil(
      async () => {
        const before = seen;
        seen = await countRegistryRequests();
        return seen === before;
      },
      { interval: 1_000, timeout: 10_000 },
    );
    expect(await digestOrNothing(reference.repository)).toBeUndefined();

    const { result } = await collect(engine.push(reference, token, patience));
    expect(result.digest).toBe(await rig.findDigest(reference.repository, "v1"));
  });

  /** Cancels once the registry gets a layer, which not every engine tells. */
  async function cancelAtUpload(cancel: AbortController): Promise<void> {
    await vi.waitUntil(
      async () => (await rig.control.requests()).some(({ method }) => method === "PATCH"),
      { timeout: 60_000 },
    );
    cancel.abort();
  }

  async function countRegistryRequests(): Promise<number> {
    return (await rig.control.requests()).filter(({ path }) => path.startsWith("/v2/")).length;
  }

  async function digestOrNothing(repository: string): Promise<string | undefined> {
    try {
      return await rig.findDigest(repository, "v1");
    } catch (error) {
      if (error instanceof Error && error.name === "ImageNotFoundException") return undefined;
      throw error;
    }
  }
});
