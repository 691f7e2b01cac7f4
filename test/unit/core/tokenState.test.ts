import { describe, expect, it } from "vitest";
import { RegistryToken } from "../../../src/core/registryToken.js";
import { decideTokenState } from "../../../src/core/tokenState.js";

const location = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const token = new RegistryToken(
  "host",
  "AWS",
  "hidden-word",
  new Date("2026-01-01T00:00:00Z"),
  new Date("2026-01-01T12:00:00Z"),
);
const during = new Date("2026-01-01T11:59:59Z");
const after = new Date("2026-01-01T12:00:00Z");

describe("decideTokenState", () => {
  it("is unused until a registry is", () => {
    expect(decideTokenState(undefined, undefined, false, during)).toEqual({ kind: "unused" });
    expect(decideTokenState(undefined, token, true, during)).toEqual({ kind: "unused" });
  });

  it("is signed in while AWS refuses nothing, with or without a living token", () => {
    const state = { kind: "signed-in", location };
    expect(decideTokenState(location, token, false, during)).toEqual({ ...state, token });
    expect(decideTokenState(location, token, false, after)).toEqual({ ...state, token });
    expect(decideTokenState(location, undefined, false, during)).toEqual({
      ...state,
      token: undefined,
    });
  });

  it("is ending while the token outlives the refusal, and signed out after", () => {
    const ending = { kind: "ending", location, token };
    expect(decideTokenState(location, token, true, during)).toEqual(ending);
    const signedOut = { kind: "signed-out", location };
    expect(decideTokenState(location, token, true, after)).toEqual(signedOut);
    expect(decideTokenState(location, undefined, true, during)).toEqual(signedOut);
  });
});
