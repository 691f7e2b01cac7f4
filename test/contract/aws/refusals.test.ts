import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { ACCOUNT, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

describe("refusals of AWS", () => {
  it("name the denied action, its resource and who asked", async () => {
    await here.control.denyAction("ecr:GetAuthorizationToken");
    await expect(here.registry.fetchToken(here.signal)).rejects.toMatchObject({
      failure: {
        kind: "access-denied",
        action: "ecr:GetAuthorizationToken",
        resource: "*",
        principal: expect.stringContaining(ACCOUNT) as string,
      },
    });
    await here.control.denyAction("ecr:CreateRepository", { explicit: true });
    const wanted = { name: "team/api", tagMutability: "mutable" } as const;
    await expect(here.registry.createRepository(wanted, here.signal)).rejects.toMatchObject({
      failure: {
        kind: "access-denied",
        action: "ecr:CreateRepository",
        resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/api`,
      },
    });
  });

  it.each([
    ["ExpiredTokenException", "credentials-expired"],
    ["UnrecognizedClientException", "credentials-rejected"],
  ] as const)("of credentials: %s", async (code, kind) => {
    await here.control.rejectCredentials(code);
    await expect(here.registry.fetchToken(here.signal)).rejects.toMatchObject({
      failure: { kind, profile: "dev" },
    });
  });

  it("to answer so often are waited out, up to the SDK's three tries", async () => {
    await here.control.throttle("GetAuthorizationToken", 1);
    expect((await here.registry.fetchToken(here.signal)).host).toBe(here.local.host);
    expect(await here.countOf("GetAuthorizationToken")).toBe(2);
    await here.control.throttle("GetAuthorizationToken", 3);
    await expect(here.registry.fetchToken(here.signal)).rejects.toMatchObject({
      failure: { kind: "throttled", operation: "GetAuthorizationToken" },
    });
    expect(await here.countOf("GetAuthorizationToken")).toBe(5);
  });

  it("are tried as often as AWS_MAX_ATTEMPTS says", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    await here.control.throttle("GetAuthorizationToken", 1);
    await expect(here.registry.fetchToken(here.signal)).rejects.toMatchObject({
      failure: { kind: "throttled" },
    });
  });

  it("with a server error keep its words", async () => {
    await here.control.failOperation(
      "GetAuthorizationToken",
      "ServerException",
      "out of order",
      500,
      9,
    );
    await expect(here.registry.fetchToken(here.signal)).rejects.toMatchObject({
      failure: {
        kind: "aws-failed",
        operation: "GetAuthorizationToken",
        message: "out of order",
      },
    });
  });

  it("hold no key, and no signature made of one", async () => {
    await here.control.rejectCredentials("UnrecognizedClientException");
    const error: unknown = await here.registry
      .fetchToken(here.signal)
      .catch((reason: unknown) => reason);
    const shown = inspect(error, { depth: 12 });
    expect(shown).toContain("UnrecognizedClientException");
    expect(shown).not.toMatch(new RegExp(`${SECRET}|Signature=`));
  });
});

describe("a cancelled question", () => {
  it("is not asked when the signal was there before", async () => {
    await expect(here.registry.fetchToken(AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(await here.control.requests()).toEqual([]);
  });

  it("ends at once while AWS takes its time, and the next one is answered", async () => {
    await here.control.latency(60_000);
    const controller = new AbortController();
    const token = here.registry.fetchToken(controller.signal);
    await vi.waitFor(async () => {
      expect(await here.control.requests()).toHaveLength(1);
    }, 10_000);
    controller.abort();
    await expect(token).rejects.toMatchObject({ name: "AbortError" });
    await here.control.reset();
    expect((await here.registry.fetchToken(here.signal)).host).toBe(here.local.host);
  });

  it("leaves questions that others ask at the same time alone", async () => {
    const controller = new AbortController();
    const [cancelled, answered] = [
      here.registry.identify(controller.signal),
      here.registry.identify(here.signal),
    ];
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: "AbortError" });
    expect((await answered).accountId).toBe(ACCOUNT);
  });
});
