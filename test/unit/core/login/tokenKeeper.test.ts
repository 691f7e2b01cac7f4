import { beforeEach, describe, expect, it } from "vitest";
import { EcrError, type Failure, isCancellation } from "../../../../src/core/errors.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

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

function fail(line: string): void {
  throw new Error(line);
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

  it("lets AWS rest for a minute after a renewal that failed, while the old token lives", async () => {
    const token = await keeper.token(registry, signal);
    passHours(7);
    failNext({ kind: "throttled", operation: "GetAuthorizationToken" });
    for (let ask = 0; ask < 20; ask += 1) expect(await keeper.token(registry, signal)).toBe(token);
    expect(registry.calls.names).toHaveLength(2);
    passHours(1 / 60);
    expect(await keeper.token(registry, signal)).not.toBe(token);
    expect(registry.calls.names).toHaveLength(3);
  });

  it("does not let AWS rest when the old token ends, nor when the clock is set back", async () => {
    const token = await keeper.token(registry, signal);
    passHours(12 - 0.5 / 60);
    failNext(UNREACHABLE);
    expect(await keeper.token(registry, signal)).toBe(token);
    passHours(0.5 / 60);
    const next = await keeper.token(registry, signal);
    expect(next).not.toBe(token);
    passHours(7);
    failNext(UNREACHABLE);
    expect(await keeper.token(registry, signal)).toBe(next);
    passHours(-0.5);
    expect(await keeper.token(registry, signal)).not.toBe(next);
  });

  it("asks for a token after a sleep over the old one's end", async () => {
    const token = await keeper.token(registry, signal);
    passHours(14);
    expect(keeper.held(registry.location)).toBe(token);
    const next = await keeper.token(registry, signal);
    expect(next).not.toBe(token);
    expect(next.remainingMs(clock)).toBe(12 * HOUR_MS);
  });

  it("keeps a token to its end where people want to be asked", async () => {
    keeper = new TokenKeeper(() => clock, fail, { renewsEarly: () => false });
    const token = await keeper.token(registry, signal);
    passHours(11.9);
    expect(await keeper.token(registry, signal)).toBe(token);
    passHours(0.1);
    expect(await keeper.token(registry, signal)).not.toBe(token);
  });

  it("replaces a refused token once for all who met the refusal", async () => {
    const refused = await keeper.token(registry, signal);
    const here = refused.forHost("123456789012.dkr.ecr.eu-west-1.on.aws");
    const first = await keeper.replace(registry, refused, signal);
    expect(first).not.toBe(refused);
    expect(await keeper.replace(registry, here, signal)).toBe(first);
    expect(await keeper.replace(registry, first, signal)).not.toBe(first);
    expect(registry.calls.names).toHaveLength(3);
  });

  it("keeps the tokens of two profiles for one host apart, as they open different doors", async () => {
    const other = new InMemoryRegistry(
      { profile: "admin", region: "eu-west-1", endpoint: undefined },
      () => clock,
    );
    const [token, another] = [
      await keeper.token(registry, signal),
      await keeper.token(other, signal),
    ];
    expect(another.host).toBe(token.host);
    expect(another).not.toBe(token);
    expect(await keeper.token(registry, signal)).toBe(token);
  });

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
      { fetchTimeoutMs: 20 },
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
