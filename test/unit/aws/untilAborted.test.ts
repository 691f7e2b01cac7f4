import { describe, expect, it } from "vitest";
import { untilAborted } from "../../../src/aws/untilAborted.js";

const never = (): Promise<never> => new Promise(() => undefined);

describe("untilAborted", () => {
  it("returns what the work returns, and throws what it throws", async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(signal, () => Promise.resolve(7))).toBe(7);
    const error = new Error("no");
    await expect(untilAborted(signal, () => Promise.reject(error))).rejects.toBe(error);
  });

  it("does not start work that is cancelled already", async () => {
    let started = false;
    const work = untilAborted(AbortSignal.abort(), () => {
      started = true;
      return never();
    });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(started).toBe(false);
  });

  it("ends work that does not hear the signal", async () => {
    const controller = new AbortController();
    const work = untilAborted(controller.signal, never);
    controller.abort();
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is an AbortError whatever reason the signal gives", async () => {
    const controller = new AbortController();
    const work = untilAborted(controller.signal, never);
    controller.abort(new Error("a reason of its own"));
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
  });
});
