import { beforeEach, describe, expect, it } from "vitest";
import { makeFindToken } from "../../../../src/core/login/findToken.js";
import type { FindToken } from "../../../../src/core/ports.js";
import {
  publicRegistry,
  registryKey,
  type RegistryLocation,
} from "../../../../src/core/registry.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const { signal } = new AbortController();
const ECR: RegistryLocation = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const LOCAL: RegistryLocation = { ...ECR, endpoint: "http://127.0.0.1:4510" };

let now = new Date("2026-01-02T03:04:05Z");
let opened: Map<string, InMemoryRegistry>;
let tokens: TokenKeeper;

function findTokenAt(location: RegistryLocation): FindToken {
  const open = (wanted: RegistryLocation): Promise<InMemoryRegistry> => {
    const key = registryKey(wanted);
    const registry = opened.get(key) ?? new InMemoryRegistry(wanted, () => now);
    opened.set(key, registry);
    return Promise.resolve(registry);
  };
  return makeFindToken({ open, tokens }, location);
}

function fetches(): number {
  const names = [...opened.values()].flatMap(({ calls }) => calls.names);
  return names.filter((name) => name === "fetchToken").length;
}

beforeEach(() => {
  now = new Date("2026-01-02T03:04:05Z");
  opened = new Map();
  tokens = new TokenKeeper(
    () => now,
    () => undefined,
  );
});

describe("finding a token for a host", () => {
  it("takes the location's own for its host", async () => {
    const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    const found = await findTokenAt(ECR)(host, signal);
    expect(found).toEqual({ token: tokens.held(ECR), profile: "dev" });
    expect(found?.token.host).toBe(host);
  });

  it.each([
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "111122223333.dkr.ecr-fips.eu-west-1.amazonaws.com",
    "111122223333.dkr-ecr.eu-west-1.on.aws",
  ])("names the region's token after %s", async (host) => {
    const found = await findTokenAt(ECR)(host, signal);
    expect(found?.token.host).toBe(host);
    expect(found?.token.revealPassword()).toBe(tokens.held(ECR)?.revealPassword());
  });

  it("takes a public registry's token for the public host alone, and never for accounts", async () => {
    const location = publicRegistry("dev", undefined);
    const found = await findTokenAt(location)("public.ecr.aws", signal);
    expect(found).toEqual({ token: tokens.held(location), profile: "dev" });
    expect(await findTokenAt(location)("docker.io", signal)).toBeUndefined();
    expect(await findTokenAt(ECR)("public.ecr.aws", signal)).toBeUndefined();
    const other = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
    const own = { profile: "dev", region: "us-east-1", endpoint: undefined };
    expect((await findTokenAt(location)(other, signal))?.token.revealPassword()).toBe(
      tokens.held(own)?.revealPassword(),
    );
  });

  it("asks another region's registry with the same profile", async () => {
    const found = await findTokenAt(ECR)("111122223333.dkr.ecr.us-east-1.amazonaws.com", signal);
    expect(found?.profile).toBe("dev");
    expect([...opened.keys()]).toEqual([registryKey({ ...ECR, region: "us-east-1" })]);
  });

  it.each([
    "docker.io",
    "registry-1.docker.io",
    "public.ecr.aws",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443",
    "127.0.0.1:4510",
    "",
  ])("asks nobody for %j", async (host) => {
    await tokens.token(new InMemoryRegistry(ECR, () => now), signal);
    expect(await findTokenAt(ECR)(host, signal)).toBeUndefined();
    expect(opened.size).toBe(0);
  });

  it("takes a local registry's token for that registry", async () => {
    const found = await findTokenAt(LOCAL)("127.0.0.1:4510", signal);
    expect(found?.token.host).toBe("127.0.0.1:4510");
    expect(await findTokenAt(LOCAL)("127.0.0.1:4511", signal)).toBeUndefined();
    expect(await findTokenAt(LOCAL)("localhost:4510", signal)).toBeUndefined();
  });

  it("takes it for no registry of AWS", async () => {
    const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    await findTokenAt(LOCAL)("127.0.0.1:4510", signal);
    const found = await findTokenAt(LOCAL)(host, signal);
    expect(found?.token).toBe(tokens.held(ECR));
    expect(found?.token).not.toBe(tokens.held(LOCAL));
  });

  it("takes the token of a registry that the environment points to, once it is held", async () => {
    const host = "127.0.0.1:4599";
    const redirected = new InMemoryRegistry(ECR, () => now);
    Object.defineProperty(redirected, "host", { value: host });
    opened.set(registryKey(ECR), redirected);
    expect(await findTokenAt(ECR)(host, signal)).toBeUndefined();
    await tokens.token(redirected, signal);
    expect((await findTokenAt(ECR)(host, signal))?.token.host).toBe(host);
  });

  it("renews a token in its second half, and only then", async () => {
    const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    const findToken = findTokenAt(ECR);
    const first = await findToken(host, signal);
    expect((await findToken(host, signal))?.token).toBe(first?.token);
    expect(fetches()).toBe(1);
    now = new Date(now.getTime() + 7 * 3600_000);
    const second = await findToken(host, signal);
    expect(second?.token.revealPassword()).not.toBe(first?.token.revealPassword());
    expect(fetches()).toBe(2);
  });

  it("asks once for hosts that are asked at the same time", async () => {
    const findToken = findTokenAt(ECR);
    const hosts = ["1", "2", "3"].map(
      (digit) => `${digit.repeat(12)}.dkr.ecr.eu-west-1.amazonaws.com`,
    );
    const found = await Promise.all(hosts.map((host) => findToken(host, signal)));
    expect(found.map((one) => one?.token.host)).toEqual(hosts);
    expect(fetches()).toBe(1);
  });
});
