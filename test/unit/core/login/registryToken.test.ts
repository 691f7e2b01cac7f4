import { format, inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { RegistryToken } from "../../../../src/core/login/registryToken.js";

const issuedAt = new Date("2026-01-01T00:00:00Z");
const expiresAt = new Date("2026-01-01T12:00:00Z");
const token = new RegistryToken("host:5000", "AWS", "hidden-word", issuedAt, expiresAt);

function at(text: string): Date {
  return new Date(`2026-01-01T${text}Z`);
}

describe("RegistryToken", () => {
  it.each<[string, () => string]>([
    ["String", () => String(token)],
    ["a template", () => `${token.toString()} ${[token].join()}`],
    ["JSON.stringify", () => JSON.stringify({ token, list: [token] })],
    ["util.inspect", () => inspect(token, { showHidden: true, depth: 10, getters: true })],
    ["console formats", () => format("%s %o %O %j", token, token, token, token)],
    ["an error's cause", () => inspect(new Error("no", { cause: token }))],
    ["a copy", () => JSON.stringify(Object.assign({}, token))],
    ["Object.entries", () => JSON.stringify(Object.entries(token))],
  ])("shows no password to %s", (_, print) => {
    const printed = print();
    expect(printed).toContain("host:5000");
    expect(printed).not.toContain("hidden-word");
  });

  it("reveals the password to whom it asks by name", () => {
    expect(token.revealPassword()).toBe("hidden-word");
  });

  it("tells the life that is left, below zero once it has ended", () => {
    expect(token.remainingMs(at("11:59:59"))).toBe(1000);
    expect(token.remainingMs(at("12:00:00"))).toBe(0);
    expect(token.remainingMs(at("12:00:01"))).toBe(-1000);
  });

  it.each([
    ["00:00:00", false],
    ["06:00:00", false],
    ["06:00:00.001", true],
    ["13:00:00", true],
  ])("at %s is past half of its life: %s", (time, isPast) => {
    expect(token.isPastHalfLife(at(time))).toBe(isPast);
  });
});
