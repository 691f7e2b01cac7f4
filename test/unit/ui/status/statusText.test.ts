import { describe, expect, it } from "vitest";
import type { AwsSession } from "../../../../src/core/login/awsSession.js";
import { decideLoginStatus, type LoginFacts } from "../../../../src/core/login/loginStatus.js";
import { RegistryToken } from "../../../../src/core/login/registryToken.js";
import { statusText } from "../../../../src/ui/status/statusText.js";

const NOW = new Date("2026-01-01T12:00:00Z");
const inMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const location = { profile: "prod", region: "eu-west-1", endpoint: undefined };
const keys: AwsSession = {
  isThere: true,
  expiresAt: undefined,
  renewsItself: true,
  renewedBy: "keys",
};
const session = (minutes: number): AwsSession => ({
  isThere: true,
  expiresAt: inMinutes(minutes),
  renewsItself: false,
  renewedBy: "sign-in",
});
const tokenFor = (minutes: number): RegistryToken =>
  new RegistryToken("host", "AWS", "hidden-word", inMinutes(-1), inMinutes(minutes));

interface Case {
  readonly session?: AwsSession;
  readonly token?: RegistryToken;
  readonly terminal?: LoginFacts["terminal"];
  readonly renewal?: "auto" | "ask";
  readonly showsTime?: boolean;
  readonly work?: string;
  readonly isOther?: boolean;
}

function say(given: Case): readonly (string | undefined)[] {
  const { renewal = "auto", showsTime = true, work, isOther = false } = given;
  const login = { location, session: given.session ?? keys, token: given.token, isRefused: false };
  const first = { ...login, location: { ...location, profile: "dev" }, session: keys };
  const registries = isOther ? [{ ...first, token: undefined }, login] : [login];
  const facts: LoginFacts = { registries, terminal: given.terminal ?? [] };
  const status = decideLoginStatus(facts, { warningMs: 30 * 60_000, renewal }, NOW);
  const { text, label, colour } = statusText(facts, status, { showsTime, work, now: NOW });
  return [text, label, colour];
}

const WARNING = "statusBarItem.warningBackground";
const ERROR = "statusBarItem.errorBackground";

describe("statusText", () => {
  it.each<[string, Case, readonly (string | undefined)[]]>([
    ["all well", {}, ["$(cloud) ECR prod", "Amazon ECR: signed in with prod", undefined]],
    [
      "a token, whose time is shown",
      { token: tokenFor(661) },
      [
        "$(cloud) ECR prod 11 h",
        "Amazon ECR: signed in with prod, the login token ends in 11 h",
        undefined,
      ],
    ],
    [
      "a token, whose time is not shown",
      { token: tokenFor(661), showsTime: false },
      ["$(cloud) ECR prod", "Amazon ECR: signed in with prod", undefined],
    ],
    [
      "a session that ends",
      { session: session(24.5), showsTime: false },
      [
        "$(warning) ECR prod 24 min",
        "Amazon ECR: the AWS session of profile prod ends in 24 min",
        WARNING,
      ],
    ],
    [
      "a session that has ended",
      { session: session(-1) },
      [
        "$(error) ECR signed out",
        "Amazon ECR: signed out, the AWS session of profile prod has ended",
        ERROR,
      ],
    ],
    [
      "another registry's session that has ended",
      { session: session(-1), isOther: true },
      [
        "$(error) ECR prod signed out",
        "Amazon ECR: signed out, the AWS session of profile prod has ended",
        ERROR,
      ],
    ],
    [
      "a token that ends, for those who want to be asked",
      { token: tokenFor(10), renewal: "ask" },
      [
        "$(warning) ECR prod 10 min",
        "Amazon ECR: the login token of profile prod ends in 10 min",
        WARNING,
      ],
    ],
    [
      "a token that has ended, for those who want to be asked",
      { token: tokenFor(-0.5), renewal: "ask" },
      [
        "$(warning) ECR prod token ended",
        "Amazon ECR: the login token of profile prod has ended",
        WARNING,
      ],
    ],
    [
      "a terminal's login that ends",
      { terminal: [{ host: "a.host", expiresAt: inMinutes(5), heldBy: "config" }] },
      [
        "$(warning) ECR Docker CLI 5 min",
        "Amazon ECR: the login of the Docker CLI for a.host ends in 5 min",
        WARNING,
      ],
    ],
    [
      "work, before everything else",
      { session: session(-1), work: "Pushing 48%" },
      ["$(sync~spin) ECR Pushing 48%", "Amazon ECR: Pushing 48%", undefined],
    ],
  ])("says %s", (_, given, expected) => {
    expect(say(given)).toEqual(expected);
  });
});
