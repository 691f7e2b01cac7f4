import { describe, expect, it } from "vitest";
import type { AwsSession } from "../../../../src/core/login/awsSession.js";
import {
  concernKey,
  decideLoginStatus,
  type LoginFacts,
  type LoginRules,
  type RegistryLogin,
} from "../../../../src/core/login/loginStatus.js";
import { RegistryToken } from "../../../../src/core/login/registryToken.js";

const MINUTE_MS = 60_000;
const NOON = new Date("2026-01-01T12:00:00Z");
const after = (minutes: number): Date => new Date(NOON.getTime() + minutes * MINUTE_MS);

const location = { profile: "prod", region: "eu-west-1", endpoint: undefined };
const other = { ...location, profile: "test" };
const auto: LoginRules = { warningMs: 30 * MINUTE_MS, renewal: "auto" };
const ask: LoginRules = { ...auto, renewal: "ask" };
const token = new RegistryToken("host", "AWS", "hidden-word", NOON, after(720));
const keys: AwsSession = {
  isThere: true,
  expiresAt: undefined,
  renewsItself: true,
  renewedBy: "keys",
};
const session = (minutes: number): AwsSession => ({
  isThere: true,
  expiresAt: after(minutes),
  renewsItself: false,
  renewedBy: "sign-in",
});

function login(change: Partial<RegistryLogin> = {}): RegistryLogin {
  return { location, token, session: keys, isRefused: false, ...change };
}

function decide(facts: Partial<LoginFacts>, now: Date, rules = auto) {
  const whole = { registries: [login()], terminal: [], ...facts };
  const { concerns, changesAt } = decideLoginStatus(whole, rules, now);
  return { kinds: concerns.map(({ kind }) => kind), concerns, changesAt };
}

describe("decideLoginStatus", () => {
  it("has nothing to say while all can renew itself, however little of a token is left", () => {
    for (const minutes of [0, 300, 700, 719, 721]) {
      expect(decide({}, after(minutes)).kinds).toEqual([]);
    }
    const renewing = { ...session(1), renewsItself: true };
    expect(decide({ registries: [login({ session: renewing })] }, NOON).kinds).toEqual([]);
  });

  it("warns of a session that nobody renews from the threshold on, and says when it has ended", () => {
    const registries = [login({ session: session(60) })];
    const at = (minutes: number) => decide({ registries }, after(minutes));
    expect(at(29.99)).toMatchObject({ kinds: [], changesAt: after(30) });
    expect(at(30)).toMatchObject({ kinds: ["session-ending"], changesAt: after(60) });
    expect(at(59.99).concerns[0]).toMatchObject({ location, endsAt: after(60) });
    expect(at(60)).toMatchObject({ kinds: ["session-ended"], changesAt: after(360) });
  });

  it("says that somebody is signed out where there is no session, or AWS refuses it", () => {
    const gone = { ...session(60), isThere: false, expiresAt: undefined };
    expect(decide({ registries: [login({ session: gone })] }, NOON).kinds).toEqual([
      "session-ended",
    ]);
    const refused = decide({ registries: [login({ isRefused: true })] }, NOON);
    expect(refused.concerns).toEqual([
      { kind: "session-ended", location, endsAt: undefined, renewedBy: "keys" },
    ]);
  });

  it("warns of the token where people want to be asked, at the threshold and at its end", () => {
    expect(decide({}, after(689), ask)).toMatchObject({ kinds: [], changesAt: after(690) });
    expect(decide({}, after(690), ask)).toMatchObject({
      kinds: ["token-ending"],
      changesAt: after(720),
    });
    expect(decide({}, after(720), ask)).toMatchObject({
      kinds: ["token-ended"],
      changesAt: undefined,
    });
  });

  it("speaks of the session alone where both end", () => {
    const registries = [login({ session: session(720) })];
    expect(decide({ registries }, after(700), ask).kinds).toEqual(["session-ending"]);
  });

  it("warns of a terminal's login before it ends, and not of one that has", () => {
    const terminal = [
      { host: "a", expiresAt: after(20), heldBy: "config" } as const,
      { host: "b", expiresAt: undefined, heldBy: "ecr-login" } as const,
      { host: "c", expiresAt: after(-1), heldBy: "store" } as const,
      { host: "d", expiresAt: after(40), heldBy: "store" } as const,
    ];
    const status = decide({ terminal }, NOON);
    expect(status.concerns).toEqual([{ kind: "terminal-ending", host: "a", endsAt: after(20) }]);
    expect(status.changesAt).toEqual(after(10));
    expect(decide({ terminal }, after(20)).kinds).toEqual(["terminal-ending"]);
  });

  it("puts the most pressing first, and of one kind what ends first", () => {
    const registries = [
      login({ session: session(20) }),
      login({ location: other, session: session(10) }),
      login({ location: { ...other, region: "us-east-1" }, session: session(-1) }),
    ];
    const terminal = [{ host: "a", expiresAt: after(1), heldBy: "config" } as const];
    const { concerns, kinds } = decide({ registries, terminal }, NOON);
    expect(kinds).toEqual(["session-ended", "session-ending", "session-ending", "terminal-ending"]);
    expect(concerns[1]).toMatchObject({ location: other });
  });

  it("warns of nothing where the warning time is zero, but says what has ended", () => {
    const rules = { ...auto, warningMs: 0 };
    const registries = [login({ session: session(60) })];
    expect(decide({ registries }, after(59.9), rules).kinds).toEqual([]);
    expect(decide({ registries }, after(60), rules).kinds).toEqual(["session-ended"]);
  });

  it("gives the coming and the end of one session the same key, and another session its own", () => {
    const keyOf = (minutes: number, now: Date): string => {
      const [concern] = decide(
        { registries: [login({ session: session(minutes) })] },
        now,
      ).concerns;
      return concern ? concernKey(concern) : "";
    };
    expect(keyOf(20, NOON)).toBe(keyOf(20, after(21)));
    expect(keyOf(20, NOON)).not.toBe(keyOf(21, NOON));
  });
});
