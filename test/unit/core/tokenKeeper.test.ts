import { beforeEach, describe, expect, it } from "vitest";
import { EcrError, type Failure, isCancellation } from "../../../src/core/errors.js";
import { TokenKeeper } from "../../../src/core/tokenKeeper.js";
import { InMemoryRegistry } from "../../fakes/inMemoryRegistry.js";

const HOUR_MS = 3_600_000;
const UNREACHABLE: Failure = { kind: "aws-unreachable", host: "ecr", region: "eu-west-1" };

let clock: Date;
let registry: InMemoryRegistry;
let keeper: TokenKeeper;
let log: string[];
let signal: AbortSignal;

beforeEach(() => {
  clock = new Date("2026-01-01T00:00:00Z");
  registry = registryAt("eu-west-1");
  log = [];
  keeper = new TokenKeeper(
    () => clock,
    (line) => log.push(line),
  );
  signal = new AbortController().signal;
});

function registryAt(region: string): InMemoryRegistry {
  return new InMemoryRegistry({ profile: "dev", region, endpoint: undefined }, () => clock);
}

function passHours(hours: number): void {
  clock = new Date(clock.getTime() + hours * HOUR_MS);
}

function failNext(failure: Failure): EcrError {
  const error = new EcrError(failure);
  registry.calls.plan("fetchToken", () => {
    throw error;
  });
  return error;
}

describe("TokenKeeper", () => {
  it("keeps a token for the first half of its life, and asks for another in the second", async () => {
    const first = await keeper.token(registry, signal);
    passHours(6);
    expect(await keeper.token(registry, signal)).toBe(first);
    expect(registry.calls.names).toHaveLength(1);
    passHours(0.01);
    const second = await keeper.token(registry, signal);
    expect(second).not.toBe(first);
    expect(keeper.held(registry.location)).toBe(second);
  });

  it("keeps the tokens of registries apart", async () => {
    const other = registryAt("us-east-1");
    const token = await keeper.token(registry, signal);
    expect(await keeper.token(other, signal)).not.toBe(token);
    expect(keeper.held(registry.location)).toBe(token);
  });

  it("makes one request for all who ask at the same time", async () => {
    const tokens = await Promise.all([
      keeper.token(registry, signal),
      keeper.token(registry, signal),
      keeper.renew(registry, signal),
    ]);
    expect(new Set(tokens).size).toBe(1);
    expect(registry.calls.names).toHaveLength(1);
    await keeper.renew(registry, signal);
    expect(registry.calls.names).toHaveLength(2);
  });

  it.each<Failure>([UNREACHABLE, { kind: "throttled", operation: "GetAuthorizationToken" }])(
    "lets the old token serve on while it lives and the failure is $kind",
    async (failure) => {
      const token = await keeper.token(registry, signal);
      passHours(11);
      failNext(failure);
      expect(await keeper.token(registry, signal)).toBe(token);
      expect(log).toHaveLength(1);
      expect(log[0]).toContain(failure.kind);
      expect(log[0]).not.toContain(token.revealPassword());
    },
  );

  it("fails when the old token has ended", async () => {
    await keeper.token(registry, signal);
    passHours(12);
    const error = failNext(UNREACHABLE);
    await expect(keeper.token(registry, signal)).rejects.toBe(error);
  });

  it("does not hide that AWS refuses, though the old token lives", async () => {
    await keeper.token(registry, signal);
    passHours(11);
    const error = failNext({ kind: "credentials-expired", profile: "dev" });
    await expect(keeper.token(registry, signal)).rejects.toBe(error);
  });

  it("does not take the old token for a renewal that was asked for", async () => {
    await keeper.token(registry, signal);
    const error = failNext(UNREACHABLE);
    await expect(keeper.renew(registry, signal)).rejects.toBe(error);
  });

  it("asks anew after a failure", async () => {
    failNext(UNREACHABLE);
    await expect(keeper.token(registry, signal)).rejects.toThrow("aws-unreachable");
    expect((await keeper.token(registry, signal)).host).toContain("eu-west-1");
  });

  it("lets one of two who wait leave, and serves the other", async () => {
    const leaving = new AbortController();
    const left = keeper.token(registry, leaving.signal);
    const staying = keeper.token(registry, signal);
    leaving.abort();
    await expect(left).rejects.toSatisfy(isCancellation);
    const token = await staying;
    expect(keeper.held(registry.location)).toBe(token);
    expect(registry.calls.names).toHaveLength(1);
  });

  it("makes no request for a caller who has left already", async () => {
    await expect(keeper.renew(registry, AbortSignal.abort())).rejects.toSatisfy(isCancellation);
    expect(registry.calls.names).toEqual([]);
  });

  it("says that AWS is out of reach when it does not answer in time", async () => {
    const impatient = new TokenKeeper(
      () => clock,
      (line) => log.push(line),
      20,
    );
    const silent = Object.assign(registry, {
      fetchToken: (fetching: AbortSignal) =>
        new Promise<never>((_, reject) => {
          fetching.addEventListener("abort", () => {
            reject(new DOMException("The operation was cancelled", "AbortError"));
          });
        }),
    });
    await expect(impatient.token(silent, signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable", host: "ECR", region: "eu-west-1" },
    });
  });

  it("does not keep a token that arrives after all were forgotten", async () => {
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const fetchToken = registry.fetchToken.bind(registry);
    const slow = Object.assign(registryAt("eu-west-1"), {
      fetchToken: async (fetching: AbortSignal) => {
        await arrived;
        return fetchToken(fetching);
      },
    });
    const waiting = keeper.token(slow, signal);
    keeper.forgetAll();
    const fresh = await keeper.token(registry, signal);
    arrive();
    expect(await waiting).not.toBe(fresh);
    expect(keeper.held(registry.location)).toBe(fresh);
  });

  it("forgets all tokens", async () => {
    await keeper.token(registry, signal);
    keeper.forgetAll();
    expect(keeper.held(registry.location)).toBeUndefined();
    await keeper.token(registry, signal);
    expect(registry.calls.names).toHaveLength(2);
  });

  it("tells listeners of each change until they leave", async () => {
    let changes = 0;
    const leave = keeper.subscribe(() => (changes += 1));
    await keeper.token(registry, signal);
    await keeper.token(registry, signal);
    expect(changes).toBe(1);
    keeper.forgetAll();
    expect(changes).toBe(2);
    leave();
    await keeper.renew(registry, signal);
    expect(changes).toBe(2);
  });
});
