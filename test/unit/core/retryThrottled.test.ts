import { expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import { retryThrottled } from "../../../src/core/retryThrottled.js";

const noStop = new AbortController().signal;
const throttled = new EcrError({ kind: "throttled", operation: "DescribeImages" });

it("tries again for as long as there are pauses", async () => {
  let tries = 0;
  const work = (): Promise<string> => {
    tries += 1;
    return tries < 3 ? Promise.reject(throttled) : Promise.resolve("read");
  };
  expect(await retryThrottled(work, noStop, [0, 0, 0])).toBe("read");
  expect(tries).toBe(3);
});

it("fails as AWS did when the pauses are used up", async () => {
  let tries = 0;
  const work = (): Promise<never> => {
    tries += 1;
    return Promise.reject(throttled);
  };
  await expect(retryThrottled(work, noStop, [0, 0])).rejects.toBe(throttled);
  expect(tries).toBe(3);
});

it("leaves other failures alone", async () => {
  const error = new EcrError({ kind: "repository-not-found", repository: "a", registryId: "" });
  let tries = 0;
  const work = (): Promise<never> => {
    tries += 1;
    return Promise.reject(error);
  };
  await expect(retryThrottled(work, noStop, [0, 0])).rejects.toBe(error);
  expect(tries).toBe(1);
});

it("ends a pause when it is cancelled", async () => {
  const cancel = new AbortController();
  const reading = retryThrottled(() => Promise.reject(throttled), cancel.signal, [3_600_000]);
  setTimeout(() => {
    cancel.abort();
  });
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
});
