import { beforeEach, describe, expect, it } from "vitest";
import type { AwsSession } from "../../../../src/core/login/awsSession.js";
import { EcrError } from "../../../../src/core/errors.js";
import type { LoginRules } from "../../../../src/core/login/loginStatus.js";
import { LoginWatch } from "../../../../src/core/login/loginWatch.js";
import type { RegistryLocation } from "../../../../src/core/registry.js";
import type { TerminalLogin } from "../../../../src/core/login/terminalLogins.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const MINUTE_MS = 60_000;
const START = new Date("2026-01-01T12:00:00Z");
const dev: RegistryLocation = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const prod: RegistryLocation = { ...dev, profile: "prod" };
const signal = new AbortController().signal;

let now: Date;
let log: string[];
let rules: LoginRules;
let terminal: TerminalLogin[];
let revivals: number;
let timer: { readonly at: number; readonly wake: () => void } | undefined;
let registries: Map<string, InMemoryRegistry>;
let tokens: TokenKeeper;
let watch: LoginWatch;

beforeEach(() => {
  now = START;
  log = [];
  rules = { warningMs: 30 * MINUTE_MS, renewal: "auto" };
  terminal = [];
  revivals = 0;
  timer = undefined;
  registries = new Map();
  tokens = new TokenKeeper(
    () => now,
    (line) => log.push(line),
  );
  watch = new LoginWatch({
    tokens,
    open: (location) => Promise.resolve(registryOf(location)),
    listTerminalLogins: () => Promise.resolve(terminal),
    rules: () => rules,
    now: () => now,
    wakeAfter: (milliseconds, wake) => {
      timer = { at: now.getTime() + milliseconds, wake };
      return () => (timer = undefined);
    },
    log: (line) => log.push(line),
    onRevived: () => (revivals += 1),
  });
});

function registryOf(location: RegistryLocation): InMemoryRegistry {
  const name = location.profile ?? "";
  const registry = registries.get(name) ?? new InMemoryRegistry(location, () => now);
  registries.set(name, registry);
  return registry;
}

function sessionFor(minutes: number, change: Partial<AwsSession> = {}): AwsSession {
  const expiresAt = new Date(now.getTime() + minutes * MINUTE_MS);
  return { isThere: true, expiresAt, renewsItself: false, renewedBy: "sign-in", ...change };
}

/** Lets so many minutes pass at once, as when the computer sleeps, and the timer ring after it. */
async function sleep(minutes: number): Promise<void> {
  now = new Date(now.getTime() + minutes * MINUTE_MS);
  await ring();
}

/** Lets time pass up to when the watch wants to be woken, and returns after how many minutes. */
async function untilTimer(): Promise<number> {
  const from = now.getTime();
  now = new Date(Math.max(from, timer?.at ?? from));
  await ring();
  return (now.getTime() - from) / MINUTE_MS;
}

async function ring(): Promise<void> {
  timer?.wake();
  // All that is in memory is done when the event loop comes round.
  await new Promise((resolve) => setImmediate(resolve));
}

const kinds = (): readonly string[] => watch.status.concerns.map(({ kind }) => kind);
const fetches = (location = dev): number =>
  registryOf(location).calls.names.filter((name) => name === "fetchToken").length;

describe("LoginWatch", () => {
  it("looks at nothing until a registry is in use", () => {
    expect(timer).toBeUndefined();
    expect(watch.facts).toEqual({ registries: [], terminal: [] });
  });

  it("looks again each minute, and exactly at thresholds", async () => {
    registryOf(dev).session = sessionFor(31.5);
    await watch.use(dev);
    expect(kinds()).toEqual([]);
    expect(await untilTimer()).toBe(1);
    expect(await untilTimer()).toBe(0.5);
    expect(kinds()).toEqual(["session-ending"]);
    for (let minute = 0; minute < 30; minute += 1) expect(await untilTimer()).toBe(1);
    expect(kinds()).toEqual(["session-ended"]);
  });

  it("renews a token at half of its life, and after a sleep over its end", async () => {
    await watch.use(dev);
    await tokens.token(registryOf(dev), signal);
    await sleep(359);
    expect(fetches()).toBe(1);
    await sleep(1.1);
    expect(fetches()).toBe(2);
    await sleep(20 * 60);
    expect(fetches()).toBe(3);
    expect(kinds()).toEqual([]);
  });

  it("looks at the session anew when a token has come, as its credentials may tell", async () => {
    await watch.use(dev);
    registryOf(dev).session = sessionFor(10);
    await tokens.token(registryOf(dev), signal);
    await watch.check();
    expect(kinds()).toEqual(["session-ending"]);
  });

  it("asks for no token by itself before somebody needs one", async () => {
    await watch.use(dev);
    await sleep(600);
    expect(fetches()).toBe(0);
  });

  it.each<[string, AwsSession]>([
    ["the session has ended", { ...sessionForStart(400), renewedBy: "sign-in" }],
    ["the SDK would ask for a code", { ...sessionForStart(505), renewedBy: "mfa-code" }],
  ])("does not renew in the background when %s", async (_, session) => {
    registryOf(dev).session = session;
    await watch.use(dev);
    await tokens.token(registryOf(dev), signal);
    await sleep(500);
    expect(fetches()).toBe(1);
  });

  it("does not renew where people want to be asked, and says what they can do", async () => {
    rules = { ...rules, renewal: "ask" };
    await watch.use(dev);
    await tokens.token(registryOf(dev), signal);
    await sleep(690);
    expect(kinds()).toEqual(["token-ending"]);
    await sleep(30);
    expect(kinds()).toEqual(["token-ended"]);
    expect(fetches()).toBe(1);
    await tokens.renew(registryOf(dev), signal);
    expect(kinds()).toEqual([]);
  });

  it("says that AWS refuses until it makes a token again", async () => {
    await watch.use(dev);
    await tokens.token(registryOf(dev), signal);
    await watch.check();
    registryOf(dev).calls.plan("fetchToken", () => {
      throw new EcrError({ kind: "credentials-expired", profile: "dev" });
    });
    await sleep(361);
    expect(kinds()).toEqual(["session-ended"]);
    await sleep(1);
    expect(fetches()).toBe(2);
    await tokens.renew(registryOf(dev), signal);
    expect(kinds()).toEqual([]);
  });

  it("hears of a refusal for the registries of that profile alone", async () => {
    await watch.use(dev);
    await watch.use(prod);
    watch.markRefused("dev");
    expect(watch.status.concerns).toMatchObject([{ kind: "session-ended", location: dev }]);
    expect(watch.facts.registries.map(({ location }) => location)).toEqual([prod, dev]);
    await watch.forgetRefusals();
    expect(kinds()).toEqual([]);
    expect(revivals).toBe(0);
  });

  it("notices that another window has signed in", async () => {
    registryOf(dev).session = sessionFor(-5);
    await watch.use(dev);
    watch.markRefused("dev");
    expect(kinds()).toEqual(["session-ended"]);
    registryOf(dev).session = sessionFor(480);
    await sleep(1);
    expect(kinds()).toEqual([]);
    expect(revivals).toBe(1);
    await sleep(1);
    expect(revivals).toBe(1);
  });

  it("keeps on after what it can't read, and writes that down", async () => {
    registryOf(dev).calls.plan("readSession", () => {
      throw new EcrError({ kind: "profile-not-found", profile: "dev" });
    });
    terminal = [{ host: "a", expiresAt: sessionFor(20).expiresAt, heldBy: "config" }];
    await watch.use(dev);
    expect(log.join()).toContain("profile-not-found");
    expect(kinds()).toEqual(["terminal-ending"]);
    registryOf(dev).session = sessionFor(10);
    await sleep(1);
    expect(kinds()).toEqual(["session-ending", "terminal-ending"]);
  });

  it("tells listeners of each look and each token, and none once it is over", async () => {
    let told = 0;
    watch.subscribe(() => (told += 1));
    await watch.use(dev);
    await tokens.token(registryOf(dev), signal);
    await watch.check();
    expect(told).toBe(3);
    watch.dispose();
    expect(timer).toBeUndefined();
    await tokens.renew(registryOf(dev), signal);
    expect(told).toBe(3);
  });
});

function sessionForStart(minutes: number): AwsSession {
  const expiresAt = new Date(START.getTime() + minutes * MINUTE_MS);
  return { isThere: true, expiresAt, renewsItself: false, renewedBy: "sign-in" };
}
