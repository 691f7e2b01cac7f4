import { expect, it } from "vitest";
import { oidcFailure } from "../../../src/aws/oidcErrors.js";

const status = 400;

it.each([
  ["access_denied", { kind: "sign-in-denied", profile: "dev" }],
  ["expired_token", { kind: "sign-in-timed-out", profile: "dev" }],
  ["invalid_scope", { kind: "sign-in-failed", profile: "dev", message: "it is said" }],
])("tells what %s means", (code, failure) => {
  expect(oidcFailure({ code, description: "it is said", status }, "dev", []).failure).toEqual(
    failure,
  );
});

it("has words where the service has none", () => {
  const message = (code: string): unknown =>
    oidcFailure({ code, description: "", status }, "dev", []).failure;
  expect(message("invalid_client")).toMatchObject({ message: "invalid_client" });
  expect(message("")).toMatchObject({ message: "HTTP 400" });
});

it("keeps secrets out of the service's words", () => {
  const description = "client secret not-a-secret and again not-a-secret is wrong, as is a-code";
  const error = oidcFailure({ code: "invalid_client", description, status }, "dev", [
    "not-a-secret",
    "a-code",
  ]);
  expect(error.failure).toMatchObject({
    message: "client secret *** and again *** is wrong, as is ***",
  });
  expect(error.message).not.toMatch(/not-a-secret|a-code/);
});
