import { describe, expect, it } from "vitest";
import { tryReadTokenExpiry } from "../../../../src/core/login/tokenExpiry.js";

describe("the end that a login's password tells", () => {
  it("is its expiration, in seconds", () => {
    const password = btoa(JSON.stringify({ payload: "x", expiration: 1_900_000_000 }));
    expect(tryReadTokenExpiry(password)).toEqual(new Date(1_900_000_000_000));
  });

  it.each([
    "opaque",
    "",
    "%%%",
    btoa("null"),
    btoa("[]"),
    btoa('{"expiration":"soon"}'),
    btoa('{"expiration":1e300}'),
  ])("is unknown for %j", (password) => {
    expect(tryReadTokenExpiry(password)).toBeUndefined();
  });
});
