import { describe, expect, it } from "vitest";
import { asEcrError, cancellation, EcrError, isCancellation } from "../../../src/core/errors.js";

describe("EcrError", () => {
  it("says its kind first, then the fields, and keeps the cause", () => {
    const cause = new Error("socket hang up");
    const error = new EcrError(
      { kind: "docker-permission-denied", endpoint: "unix:///s" },
      { cause },
    );
    expect(String(error)).toBe('EcrError: docker-permission-denied {"endpoint":"unix:///s"}');
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(Error);
  });
});

describe("isCancellation", () => {
  it.each<[string, unknown, boolean]>([
    ["the error of this module", cancellation(), true],
    ["the reason of an aborted signal", AbortSignal.abort().reason, true],
    [
      "an error that Node throws on abort",
      Object.assign(new Error(), { name: "AbortError" }),
      true,
    ],
    ["a timeout", new DOMException("late", "TimeoutError"), false],
    ["a failure", new EcrError({ kind: "unexpected", message: "AbortError" }), false],
    ["a text", "AbortError", false],
    ["nothing", undefined, false],
  ])("of %s", (_, error, expected) => {
    expect(isCancellation(error)).toBe(expected);
  });
});

describe("asEcrError", () => {
  it("leaves known failures and cancellations as they are", () => {
    const known = new EcrError({ kind: "throttled", operation: "x" });
    const cancelled = cancellation();
    expect(asEcrError(known)).toBe(known);
    expect(asEcrError(cancelled)).toBe(cancelled);
  });

  it.each([
    [new TypeError("x is undefined"), "x is undefined"],
    ["text", "text"],
    [undefined, "undefined"],
    [{ toString: (): string => "odd" }, "odd"],
  ])("wraps %s with its cause", (thrown, message) => {
    const error = asEcrError(thrown);
    expect(error).toMatchObject({ failure: { kind: "unexpected", message } });
    expect(error.cause).toBe(thrown);
  });
});
