import { describe, expect, it } from "vitest";
import type { RegistryLogin } from "../../../../src/core/login/loginStatus.js";
import { RegistryToken } from "../../../../src/core/login/registryToken.js";
import type { TerminalLogin } from "../../../../src/core/login/terminalLogins.js";
import { statusTooltip } from "../../../../src/ui/status/statusTooltip.js";

const NOW = new Date("2026-01-01T12:00:00Z");
const inMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const token = new RegistryToken("the.host", "AWS", "hidden-word", inMinutes(-1), inMinutes(661));
const login: RegistryLogin = {
  location: { profile: "prod", region: "eu-west-1", endpoint: undefined },
  token,
  session: { isThere: true, expiresAt: undefined, renewsItself: true, renewedBy: "keys" },
  isRefused: false,
};

/** The cells of the tooltip's tables, as text. */
function rows(
  logins: readonly RegistryLogin[],
  terminal: readonly TerminalLogin[] = [],
): readonly (readonly string[])[] {
  const { value } = statusTooltip({ registries: logins, terminal }, NOW);
  const lines = value.replaceAll("\\", "").split("\n");
  return lines
    .filter((line) => line.startsWith("| ") && !line.startsWith("| |"))
    .map((line) => line.slice(2, -2).split(" | "));
}

describe("statusTooltip", () => {
  it("lists each registry's token and session, with relative and absolute times", () => {
    const session = { isThere: true, expiresAt: inMinutes(24), renewsItself: false } as const;
    const ending = { ...login, session: { ...session, renewedBy: "sign-in" } as const };
    const [host, ends, never, , , when] = rows([login, ending]);
    expect(host).toEqual(["Registry", "the.host"]);
    expect(ends?.[1]).toMatch(/^ends in 11 h \(Jan 1, 2026, .+\)$/);
    expect(never).toEqual(["AWS session", "does not end"]);
    expect(when?.[1]).toMatch(/^ends in 24 min \(Jan 1, 2026, .+\)$/);
  });

  it.each<[Partial<RegistryLogin>, RegExp]>([
    [{ isRefused: true }, /^AWS does not take it any more$/],
    [{ session: undefined }, /^not known$/],
    [{ session: sessionOf({ isThere: false }) }, /^none; sign in to get one$/],
    [{ session: sessionOf({ expiresAt: inMinutes(-61) }) }, /^ended 1 h ago \(/],
    [{ session: sessionOf({}) }, /^ends at a time that only AWS knows$/],
    [
      { session: sessionOf({ expiresAt: inMinutes(61), renewsItself: true }) },
      /^renews itself, next in 1 h \(/,
    ],
    [{ session: sessionOf({ expiresAt: inMinutes(-1), renewsItself: true }) }, /^renews itself$/],
  ])("says of a session %j: %s", (change, expected) => {
    expect(rows([{ ...login, ...change }]).at(-1)?.[1]).toMatch(expected);
  });

  it("lists the terminals' logins", () => {
    const terminal: TerminalLogin[] = [
      { host: "a", expiresAt: inMinutes(130), heldBy: "config" },
      { host: "b", expiresAt: undefined, heldBy: "ecr-login" },
      { host: "c", expiresAt: undefined, heldBy: "store" },
    ];
    const [first, ...others] = rows([login], terminal).slice(-3);
    expect(first?.[1]).toMatch(/^ends in 2 h \(/);
    expect(others).toEqual([
      ["b", "renews itself"],
      ["c", "ends at a time that is not known"],
    ]);
  });

  it("runs our commands alone, takes data as text, and holds no secret", () => {
    const evil = { ...login.location, profile: "[x](command:evil)" };
    const tooltip = statusTooltip(
      { registries: [{ ...login, location: evil }], terminal: [] },
      NOW,
    );
    expect(tooltip.isTrusted).toEqual({
      enabledCommands: [
        "ecr.token.renew",
        "ecr.session.signIn",
        "ecr.registry.choose",
        "ecr.dockerCli.logIn",
      ],
    });
    expect(tooltip.value).not.toContain("[x](");
    expect(tooltip.value).not.toContain("hidden-word");
  });
});

function sessionOf(
  change: Partial<NonNullable<RegistryLogin["session"]>>,
): NonNullable<RegistryLogin["session"]> {
  return {
    isThere: true,
    expiresAt: undefined,
    renewsItself: false,
    renewedBy: "sign-in",
    ...change,
  };
}
