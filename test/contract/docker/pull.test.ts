import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { PullFromRegistry } from "../../../src/core/images/engineImages.js";
import type { LocalImage } from "../../../src/core/enginePorts.js";
import { isCancellation } from "../../../src/core/errors.js";
import { makeReferenceFromUri } from "../../../src/core/imageReference.js";
import type { RegistryToken } from "../../../src/core/login/registryToken.js";
import { testEngines } from "../engines.js";
import { EngineProxy } from "./buildkit/engineProxy.js";
import { collect, engineAt, failureOf, patience } from "./engineUnderTest.js";
import { basicLogin, openGate as openDoor } from "./registryGate.js";
import { RegistryImages } from "./registryImages.js";
import { RegistryRig } from "./registryRig.js";

let rig: RegistryRig;
let token: RegistryToken;
let images: RegistryImages;
beforeAll(async () => {
  rig = await RegistryRig.start();
});
afterAll(() => rig.stop());
afterEach(() => rig.control.reset());

/** Longer than any machine takes for what is not slowed down. */
const TIMEOUT_MS = 240_000;

describe.each(await testEngines())("pulling with $label", (testEngine) => {
  const { host, kind, hasContainerdStore } = testEngine;
  const engine = engineAt(host);
  let repository: string;

  const requestOf = (digest: string, platform?: string, at = rig.ecr.host): PullFromRegistry => ({
    reference: { ...makeReferenceFromUri(`${at}/${repository}`, { digest }), digest },
    platform,
  });
  const pull = async (digest: string, platform?: string): Promise<LocalImage> =>
    (await collect(engine.pull(requestOf(digest, platform), token, patience))).result;
  const failPull = (digest: string): ReturnType<typeof failureOf> => failureOf(pull(digest));

  beforeAll(async () => {
    token = await rig.fetchToken();
    images = new RegistryImages(rig.ecr.origin, token);
    repository = await rig.createRepository();
  });
  afterAll(async () => {
    const held = await engine.listImages(patience);
    for (const { id, digests } of held) {
      if (digests.some((name) => name.includes(repository))) {
        await engine.removeImage(id, true, patience);
      }
    }
  });

  it(
    "gets exactly the digest that is asked for, layer by layer",
    { timeout: TIMEOUT_MS },
    async () => {
      const { digest } = await images.putImage(repository, "v1", { layers: 3 });
      const { events, result } = await collect(engine.pull(requestOf(digest), token, patience));
      expect(result.digests).toContain(`${rig.ecr.host}/${repository}@${digest}`);
      expect(result.references).toEqual([]);
      expect(result.platform).toBe("linux/amd64");
      if (hasContainerdStore) expect(result.id).toBe(digest);
      const last = new Map(events.map((event) => [event.id, event]));
      const there = [...last.values()].filter(
        ({ state }) => state === "done" || state === "downloaded",
      );
      // Podman counts the config as a layer.
      expect(there).toHaveLength(kind === "podman" ? 4 : 3);
      for (const { doneBytes, totalBytes } of there) expect(doneBytes).toBe(totalBytes);
      const listed = (await engine.listImages(patience)).find(({ id }) => id === result.id);
      expect(listed?.digests).toContain(`${rig.ecr.host}/${repository}@${digest}`);
      expect(listed?.references).toEqual([]);

      const again = await collect(engine.pull(requestOf(digest), token, patience));
      expect(again.result.id).toBe(result.id);
    },
  );

  it("takes the engine's platform of an index, and another one by its own digest", async () => {
    const amd = await images.putImage(repository, undefined);
    const arm = await images.putImage(repository, undefined, { platform: "linux/arm64" });
    const index = { "linux/amd64": amd, "linux/arm64": arm };
    const { digest } = await images.putIndex(repository, "multi", index);
    expect((await pull(digest)).platform).toBe("linux/amd64");
    const foreign = await pull(arm.digest, "linux/arm64");
    expect(foreign.platform).toBe("linux/arm64");
    expect(foreign.digests).toContain(`${rig.ecr.host}/${repository}@${arm.digest}`);
    const platforms = await engine.readPlatforms(
      [foreign.id, "sha256:" + "0".repeat(64)],
      patience,
    );
    expect([...platforms]).toEqual([[foreign.id, "linux/arm64"]]);
  });

  it("says that an index has no image for the engine's platform", async () => {
    const arm = await images.putImage(repository, undefined, { platform: "linux/arm64" });
    const { digest } = await images.putIndex(repository, "arm", { "linux/arm64": arm });
    expect(await failPull(digest)).toMatchObject({
      kind: "platform-missing",
      reference: `${rig.ecr.host}/${repository}@${digest}`,
      // The containerd store does not tell which one it looks for.
      platform: hasContainerdStore ? undefined : "linux/amd64",
    });
  });

  it("says that the image is gone", async () => {
    const digest = `sha256:${"1".repeat(64)}`;
    const reference = `${rig.ecr.host}/${repository}@${digest}`;
    expect(await failPull(digest)).toEqual({ kind: "image-not-found", reference });
  });

  it("names the permission that is missing, for the manifest and for a layer", async () => {
    const { digest } = await images.putImage(repository, undefined);
    await rig.control.denyAction("ecr:BatchGetImage");
    expect(await failPull(digest)).toMatchObject({
      kind: "access-denied",
      action: "ecr:BatchGetImage",
    });
    await rig.control.reset();
    await rig.control.denyAction("ecr:GetDownloadUrlForLayer");
    const denied = await failPull(digest);
    // Podman drops the words for a layer.
    const named = { action: "ecr:GetDownloadUrlForLayer" };
    const guessed = {
      action: undefined,
      asked: { host: rig.ecr.host, repository, actions: ["ecr:GetDownloadUrlForLayer"] },
    };
    expect(denied).toMatchObject({
      kind: "access-denied",
      ...(kind === "podman" ? guessed : named),
    });
    await rig.control.reset();
    await pull(digest);
  });

  it("says that the token is no good, or over, and works with a new one", async () => {
    const { digest } = await images.putImage(repository, undefined);
    const wrong = collect(engine.pull(requestOf(digest), rig.wrongToken(), patience));
    expect(await failureOf(wrong)).toEqual({ kind: "registry-unauthorized", host: rig.ecr.host });
    await rig.control.expireTokens();
    expect(await failPull(digest)).toEqual({ kind: "token-expired", host: rig.ecr.host });
    token = await rig.fetchToken();
    images = new RegistryImages(rig.ecr.origin, token);
    await pull(digest);
  });

  it("shows a token to no other host than its own", async () => {
    const { digest } = await images.putImage(repository, undefined);
    const door = await openDoor(rig.ecr);
    const request = requestOf(digest, undefined, door.host);
    const failure = await failureOf(collect(engine.pull(request, token, patience)));
    expect(failure).toEqual({ kind: "registry-unauthorized", host: door.host });
    // Podman logs in with an empty name where it has none.
    expect(["nothing", basicLogin("", "")]).toEqual(expect.arrayContaining([...door.shown]));
    expect(door.shown.size).toBeGreaterThan(0);
  });

  it(
    "stops the engine's download when it is cancelled, then works",
    { timeout: TIMEOUT_MS },
    async () => {
      const { digest } = await images.putImage(repository, undefined, { layerBytes: 1_000_000 });
      const gate = await openGate();
      // At this rate the download outlasts every test.
      await rig.control.limitRate(2_000);
      const cancel = new AbortController();
      const request = requestOf(digest, undefined, gate.host);
      const pulling = collect(engine.pull(request, token.forHost(gate.host), cancel.signal));
      pulling.catch(() => undefined);
      await vi.waitUntil(() => gate.blobs() > 0, { timeout: TIMEOUT_MS });
      cancel.abort();
      await expect(pulling).rejects.toSatisfy(isCancellation);
      await vi.waitUntil(() => gate.blobs() === 0, { timeout: TIMEOUT_MS });
      const name = `${gate.host}/${repository}@${digest}`;
      expect(await engine.findImage(name, patience)).toBeUndefined();
      await rig.control.reset();
      await pull(digest);
    },
  );

  it("says that the engine's answer broke off", { timeout: TIMEOUT_MS }, async () => {
    const { digest } = await images.putImage(repository, undefined, { layerBytes: 1_000_000 });
    const gate = await openGate();
    await rig.control.limitRate(2_000);
    const proxy = await EngineProxy.start(host);
    const request = requestOf(digest, undefined, gate.host);
    const pulling = failureOf(
      collect(engineAt(proxy.host).pull(request, token.forHost(gate.host), patience)),
    );
    await vi.waitUntil(() => gate.blobs() > 0, { timeout: TIMEOUT_MS });
    proxy.cut("/images/create");
    expect(await pulling).toEqual({ kind: "stream-truncated", operation: "pull" });
    await vi.waitUntil(() => gate.blobs() === 0, { timeout: TIMEOUT_MS });
  });
});

/** A door in front of the registry that knows how many layers are under way. */
async function openGate(): Promise<{ readonly host: string; blobs(): number }> {
  const open = new Set<http.ServerResponse>();
  const server = http.createServer((request, response) => {
    const { method, headers, url = "/" } = request;
    const onwards = http.request(new URL(url, rig.ecr.origin), { method, headers, agent: false });
    if (method === "GET" && /blobs|_layers/.test(url)) {
      open.add(response);
      response.on("close", () => open.delete(response));
    }
    response.on("close", () => onwards.destroy());
    onwards.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onwards.on("error", () => response.destroy());
    request.pipe(onwards);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { host, blobs: () => open.size };
}
