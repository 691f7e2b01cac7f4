import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buildImage } from "../../../src/core/build/buildImage.js";
import type { Registry } from "../../../src/core/ports.js";
import { makeFindToken } from "../../../src/core/login/findToken.js";
import { formatImageReference, parseLocalName } from "../../../src/core/imageReference.js";
import { TokenKeeper } from "../../../src/core/login/tokenKeeper.js";
import { useLocalRegistry } from "../aws/localRegistry.js";
import {
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  makeFolder,
  patience,
} from "../docker/engineUnderTest.js";
import { skipWithout } from "../skipTest.js";
import { freshFiles, Pipeline, requestFor } from "./pipeline.js";

const KEY_BYTES = 4_600;
const here = useLocalRegistry({ tokenKeyBytes: KEY_BYTES });

/** Time passes for both sides: for the keeper, and for the local ECR in the same process. */
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

function newKeeper(): TokenKeeper {
  return new TokenKeeper(
    () => new Date(),
    () => undefined,
  );
}

function passHours(hours: number): void {
  vi.setSystemTime(Date.now() + hours * 3_600_000);
}

const countTokens = (): Promise<number> => here.countOf("GetAuthorizationToken");

/** Tells what the registry answers to a login. */
async function statusOf(password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString("base64")}`;
  const answer = await fetch(`${here.local.origin}/v2/`, { headers: { authorization } });
  return answer.status;
}

describe("tokens of the local ECR", () => {
  it("of more than 8 kB pass whole", async () => {
    const token = await newKeeper().token(here.registry, here.signal);
    expect(token.revealPassword().length).toBeGreaterThan(8_192);
    expect(await statusOf(token.revealPassword())).toBe(200);
  });

  it("serve a working day with two calls, and the time after a sleep with one more", async () => {
    const keeper = newKeeper();
    for (let minute = 0; minute < 9 * 60; minute += 1) {
      await keeper.token(here.registry, here.signal);
      passHours(1 / 60);
    }
    expect(await countTokens()).toBe(2);
    passHours(15);
    await Promise.all([1, 2, 3].map(() => keeper.token(here.registry, here.signal)));
    expect(await countTokens()).toBe(3);
  });

  it("of two windows live beside each other", async () => {
    const [one, two] = await Promise.all([
      newKeeper().token(here.registry, here.signal),
      newKeeper().token(here.open(), here.signal),
    ]);
    expect(one.isSameLogin(two)).toBe(false);
    expect(await statusOf(one.revealPassword())).toBe(200);
    expect(await statusOf(two.revealPassword())).toBe(200);
  });

  it("serve on while ECR asks for fewer requests", async () => {
    const keeper = newKeeper();
    const token = await keeper.token(here.registry, here.signal);
    passHours(7);
    await here.control.throttle("GetAuthorizationToken", 100);
    expect(await keeper.token(here.registry, here.signal)).toBe(token);
    const asked = await countTokens();
    expect(await keeper.token(here.registry, here.signal)).toBe(token);
    expect(await countTokens()).toBe(asked);
    await expect(keeper.renew(here.registry, here.signal)).rejects.toMatchObject({
      failure: { kind: "throttled" },
    });
    await here.control.reset();
    passHours(0.1);
    expect(await keeper.token(here.registry, here.signal)).not.toBe(token);
  });

  it("are asked for anew once for all pushes that a registry refuses", async () => {
    const keeper = newKeeper();
    const refused = await keeper.token(here.registry, here.signal);
    await here.control.expireTokens();
    expect(await statusOf(refused.revealPassword())).toBe(403);
    const found = await Promise.all(
      [1, 2, 3].map(() => keeper.replace(here.registry, refused, here.signal)),
    );
    expect(new Set(found).size).toBe(1);
    expect(await countTokens()).toBe(2);
  });
});

const engines = (await buildersUnderTest()).filter(({ kind }) => kind === "docker");
skipWithout(
  engines,
  "Podman asks registries on loopback over TLS only, and the local ECR has none",
);

describe.each(engines)("a token with $builder of $label", ({ host, builder }) => {
  it("is shared by the push and the base image, and renewed once when it has ended", async () => {
    const pipeline = new Pipeline(here, host);
    const engine = engineAt(host, builder);
    const { pushed } = await pipeline.push(await requestFor(freshFiles()));
    expect(pushed?.digest).toBeDefined();
    const [name = ""] = await pipeline.localNames();
    const base = parseLocalName(name);
    await engine.untag(base, patience);
    const keeper = newKeeper();
    const open = (): Promise<Registry> => Promise.resolve(here.registry);
    const findToken = makeFindToken({ open, tokens: keeper }, here.registry.location);
    await keeper.token(here.registry, here.signal);
    await here.control.expireTokens();
    const before = await countTokens();

    const from = `FROM ${formatImageReference(base)}\nLABEL mark=${randomUUID()}\n`;
    const folder = await makeFolder({ Dockerfile: from });
    const built = parseLocalName(`bar-refused:${randomUUID()}`);
    const stream = buildImage(engine, buildOf(folder, { findToken }), built, patience);
    const { events, result } = await collect(stream);
    await engine.untag(built, patience);
    expect(result.imageId).toBeDefined();
    const warnings = events.filter((event) => event.type === "warning");
    expect(warnings.filter(({ text }) => text.includes("it is renewed"))).toHaveLength(1);
    expect(await countTokens()).toBe(before + 1);
    await pipeline.tidy();
    expect(pipeline.leaks()).toEqual([]);
  });
});
