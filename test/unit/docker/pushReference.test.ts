import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/errors.js";
import { parseImageReference } from "../../../src/core/imageReference.js";
import type { LayerEvent } from "../../../src/core/enginePorts.js";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { pushReference } from "../../../src/docker/pushReference.js";
import { readFixture } from "./readFixture.js";
import { startEngine, type Answer } from "./answeringEngine.js";

const reference = parseImageReference("registry.example:5000/team/app:v1");
const token = new RegistryToken(reference.host, "AWS", "a-password", new Date(), new Date());
const DIGEST = "sha256:a7f1daa53d836f148df4ad9f9bdae180e0c652a700b038f84e3a9f97dde69eb0";

async function push(
  answer: Answer,
  as = token,
): Promise<{ events: LayerEvent[]; digest: string; auth: unknown }> {
  const engine = await startEngine(answer);
  const pushing = pushReference(engine.connection, reference, as, AbortSignal.timeout(20_000));
  const events: LayerEvent[] = [];
  for (;;) {
    const next = await pushing.next();
    if (!next.done) {
      events.push(next.value);
      continue;
    }
    const header = String(engine.requests[0]?.headers["x-registry-auth"]);
    const auth: unknown = JSON.parse(Buffer.from(header, "base64url").toString());
    return { events, digest: next.value.digest, auth };
  }
}

async function failureOf(answer: Answer): Promise<Failure> {
  const error: unknown = await push(answer).catch((reason: unknown) => reason);
  expect(String(error)).not.toContain("a-password");
  return (error as { failure: Failure }).failure;
}

describe("pushReference", () => {
  it("follows each layer to its end and returns the digest", async () => {
    const { events, digest, auth } = await push({ body: await readFixture("push-success") });
    expect(digest).toBe(DIGEST);
    expect(auth).toEqual({
      username: "AWS",
      password: "a-password",
      serveraddress: reference.host,
    });
    const layers = groupById(events);
    expect(layers.size).toBe(2);
    for (const [first, ...rest] of layers.values()) {
      expect(first).toMatchObject({ state: "waiting", sentBytes: 0, totalBytes: 0 });
      const last = rest.at(-1);
      expect(last?.state).toBe("done");
      expect(last?.sentBytes).toBe(last?.totalBytes);
      expect(last?.totalBytes).toBeGreaterThan(0);
    }
    expect(events.every((event) => event.sentBytes <= event.totalBytes)).toBe(true);
  });

  it("tells layers that are there already, and mounted ones", async () => {
    const states = async (name: string): Promise<Set<string>> =>
      new Set((await push({ body: await readFixture(name) })).events.map((event) => event.state));
    expect(await states("push-again")).toEqual(new Set(["waiting", "exists"]));
    expect(await states("push-mounted")).toEqual(new Set(["waiting", "mounted"]));
  });

  it("takes the digest from the status line where the engine sends no result", async () => {
    const line = JSON.stringify({ status: `v1: digest: ${DIGEST} size: 735` });
    expect((await push({ body: `${line}\n` })).digest).toBe(DIGEST);
  });

  it("sends no token to a host that is not the token's", async () => {
    const other = new RegistryToken("other.example", "AWS", "a-password", new Date(), new Date());
    const { auth } = await push({ body: await readFixture("push-success") }, other);
    expect(auth).toEqual({});
  });

  it.each([
    ["push-unauthorized", { kind: "registry-unauthorized", host: reference.host }],
    ["push-no-login", { kind: "registry-unauthorized", host: reference.host }],
    ["push-expired-token", { kind: "token-expired", host: reference.host }],
    ["push-missing-repository", { kind: "repository-not-found", repository: "missing/app" }],
    ["push-immutable-tag", { kind: "tag-immutable", repository: "team/app", tag: "v1" }],
    ["push-denied", { kind: "access-denied", action: "ecr:PutImage" }],
    ["push-denied-without-words", { kind: "access-denied", action: undefined }],
    ["push-throttled", { kind: "throttled", operation: "push" }],
    ["push-unavailable", { kind: "registry-unavailable", host: reference.host }],
    ["push-unreachable", { kind: "registry-unreachable", host: reference.host }],
    ["push-no-image", { kind: "image-not-found" }],
  ])("reads %s", async (name, failure) => {
    expect(await failureOf({ body: await readFixture(name) })).toMatchObject(failure);
  });

  it("keeps the words of a failure that nothing else describes", async () => {
    const body = '{"errorDetail":{"message":"no idea"},"error":"no idea"}\n';
    expect(await failureOf({ body })).toEqual({
      kind: "push-failed",
      reference: "registry.example:5000/team/app:v1",
      message: "no idea",
    });
  });

  it("reads the words of a status other than 200", async () => {
    const body = '{"message":"No such image: registry.example:5000/team/app"}';
    expect(await failureOf({ status: 404, body })).toMatchObject({ kind: "image-not-found" });
    expect(await failureOf({ status: 500, body: "it broke" })).toMatchObject({
      kind: "push-failed",
      message: "it broke",
    });
  });

  it("does not take a stream without a digest for a push that is done", async () => {
    const truncated = { kind: "stream-truncated", operation: "push" };
    const body = '{"status":"Pushed","id":"a1"}\n';
    expect(await failureOf({ body })).toEqual(truncated);
    expect(await failureOf({ body: "" })).toEqual(truncated);
    expect(await failureOf({ body, breakOff: true })).toEqual(truncated);
    expect(await failureOf({ body: `${body}{"status":"v1: dig` })).toEqual(truncated);
  });

  it("closes the connection when it is cancelled in the middle", async () => {
    const engine = await startEngine({ body: '{"status":"Pushing","id":"a1"}\n', hold: true });
    const cancel = new AbortController();
    const pushing = pushReference(engine.connection, reference, token, cancel.signal);
    expect((await pushing.next()).done).toBe(false);
    const next = pushing.next();
    cancel.abort();
    await expect(next).rejects.toMatchObject({ name: "AbortError" });
    await engine.clientGone;
  });

  it("closes the connection when nobody listens any more", async () => {
    const engine = await startEngine({ body: '{"status":"Pushing","id":"a1"}\n', hold: true });
    const signal = AbortSignal.timeout(20_000);
    for await (const event of pushReference(engine.connection, reference, token, signal)) {
      expect(event.state).toBe("uploading");
      break;
    }
    await engine.clientGone;
  });

  it("needs a tag", async () => {
    const engine = await startEngine({ body: "" });
    const untagged = { ...reference, tag: undefined };
    const signal = AbortSignal.timeout(20_000);
    await expect(
      pushReference(engine.connection, untagged, token, signal).next(),
    ).rejects.toMatchObject({ failure: { kind: "invalid-input", field: "tag" } });
    expect(engine.requests).toEqual([]);
  });
});

function groupById(events: readonly LayerEvent[]): Map<string, LayerEvent[]> {
  const groups = new Map<string, LayerEvent[]>();
  for (const event of events) groups.set(event.id, [...(groups.get(event.id) ?? []), event]);
  return groups;
}
