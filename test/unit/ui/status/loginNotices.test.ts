import { beforeEach, describe, expect, it } from "vitest";
import type { AwsSession } from "../../../../src/core/login/awsSession.js";
import {
  decideLoginStatus,
  type LoginFacts,
  type LoginRules,
  type RegistryLogin,
} from "../../../../src/core/login/loginStatus.js";
import { RegistryToken } from "../../../../src/core/login/registryToken.js";
import { LoginNotices } from "../../../../src/ui/status/loginNotices.js";
import { InMemoryMemento } from "../../../fakes/inMemoryMemento.js";
import { commands, window } from "../../../fakes/vscode.js";

const START = new Date("2026-01-01T12:00:00Z");
const after = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const location = { profile: "prod", region: "eu-west-1", endpoint: undefined };

let state: InMemoryMemento;
let notices: LoginNotices;
let rules: LoginRules;
beforeEach(() => {
  window.messages.length = 0;
  window.presses.length = 0;
  commands.run.length = 0;
  state = new InMemoryMemento();
  notices = new LoginNotices(state);
  rules = { warningMs: 30 * 60_000, renewal: "auto" };
});

function session(minutes: number, renewedBy: AwsSession["renewedBy"] = "sign-in"): AwsSession {
  return { isThere: true, expiresAt: after(minutes), renewsItself: false, renewedBy };
}

/** Shows the notices the facts at a minute, and returns the new messages. */
function tell(
  minutes: number,
  login: Partial<RegistryLogin>,
  terminal: LoginFacts["terminal"] = [],
): typeof window.messages {
  window.messages.length = 0;
  const whole = { location, token: undefined, session: session(60), isRefused: false, ...login };
  const facts: LoginFacts = { registries: [whole], terminal };
  notices.tell(facts, decideLoginStatus(facts, rules, after(minutes)), after(minutes));
  return [...window.messages];
}

const texts = (messages: typeof window.messages): readonly string[] =>
  messages.map(({ text }) => text);

/** Lets what a click has begun come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("LoginNotices", () => {
  it("tells once of a session that ends, and not again when it has", () => {
    expect(tell(0, {})).toEqual([]);
    expect(texts(tell(30, {}))).toEqual(["The AWS session of profile prod ends in 30 min."]);
    expect(tell(31, {})).toEqual([]);
    expect(tell(60, {})).toEqual([]);
  });

  it("tells of the next session anew", () => {
    tell(30, {});
    expect(texts(tell(100, { session: session(120) }))).toEqual([
      "The AWS session of profile prod ends in 20 min.",
    ]);
  });

  it("tells of an end that was slept over, and of none that lies before the first look", () => {
    tell(0, {});
    expect(texts(tell(90, {}))).toEqual(["The AWS session of profile prod has ended."]);
    expect(tell(91, {})).toEqual([]);
    notices = new LoginNotices(state);
    expect(tell(90, {})).toEqual([]);
  });

  it("does not tell what a failure on screen has told", () => {
    tell(0, {});
    notices.noteKnown(location);
    expect(tell(1, { isRefused: true })).toEqual([]);
    tell(2, {});
    expect(texts(tell(3, { isRefused: true }))).toHaveLength(1);
  });

  it("tells of a token before its end and at it, where people want to be asked", () => {
    rules = { ...rules, renewal: "ask" };
    const token = new RegistryToken("the.host", "AWS", "hidden-word", START, after(40));
    const login = { token, session: session(900) };
    expect(texts(tell(10, login))).toEqual(["The login token for the.host ends in 30 min."]);
    expect(tell(39, login)).toEqual([]);
    expect(texts(tell(40, login))).toEqual(["The login token for the.host has ended."]);
    expect(tell(41, login)).toEqual([]);
  });

  it.each<[AwsSession["renewedBy"], string, readonly unknown[]]>([
    ["sign-in", "Sign In", ["ecr.session.signIn", "prod"]],
    ["mfa-code", "Renew", ["ecr.token.renew", undefined]],
    ["keys", "Choose Profile…", ["ecr.registry.choose", undefined]],
  ])("offers what mends a session that is renewed by %s", async (renewedBy, button, command) => {
    window.presses.push(button);
    const [message] = tell(30, { session: session(60, renewedBy) });
    expect(message?.buttons).toEqual([button, "Don't Show Again"]);
    await settle();
    expect(commands.run).toEqual([command]);
  });

  it("offers a login of the Docker CLI", async () => {
    const terminal = [{ host: "a.host", expiresAt: after(20), heldBy: "config" } as const];
    window.presses.push("Log in Docker CLI…");
    const [message] = tell(0, {}, terminal);
    expect(message?.text).toBe("The login of the Docker CLI for a.host ends in 20 min.");
    await settle();
    expect(commands.run).toEqual([["ecr.dockerCli.logIn", undefined]]);
  });

  it("is silent of what people don't want to be told, in later windows too, until they do", async () => {
    window.presses.push("Don't Show Again");
    tell(30, {});
    await settle();
    expect(commands.run).toEqual([]);
    const terminal = [{ host: "a.host", expiresAt: after(130), heldBy: "config" } as const];
    expect(texts(tell(110, { session: session(120) }, terminal))).toHaveLength(1);
    notices = new LoginNotices(state);
    expect(tell(110, { session: session(120) })).toEqual([]);
    notices.unmute();
    expect(tell(210, { session: session(220) })).toHaveLength(1);
  });
});
