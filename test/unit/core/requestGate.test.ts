import { expect, it } from "vitest";
import { RequestGate } from "../../../src/core/requestGate.js";

const noStop = new AbortController().signal;

it("never lets more than so many be under way, and starts the others in their order", async () => {
  const gate = new RequestGate(5);
  const begun: number[] = [];
  let underWay = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 40 }, (_, number) =>
      gate.run(async () => {
        begun.push(number);
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setTimeout(resolve, number % 3));
        underWay -= 1;
      }, noStop),
    ),
  );
  expect(most).toBe(5);
  expect(begun).toEqual(Array.from({ length: 40 }, (_, number) => number));
});

it("goes on after work that fails, and hands out its place again", async () => {
  const gate = new RequestGate(1);
  const failed = gate.run(() => Promise.reject(new Error("no")), noStop);
  const next = gate.run(() => Promise.resolve("done"), noStop);
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("done");
  expect(await gate.run(() => Promise.resolve("again"), noStop)).toBe("again");
});

it("never starts what was cancelled while it waited", async () => {
  const gate = new RequestGate(1);
  const cancel = new AbortController();
  let finish = (): void => undefined;
  const first = gate.run(() => new Promise<void>((resolve) => (finish = resolve)), noStop);
  let hasStarted = false;
  const second = gate.run(() => {
    hasStarted = true;
    return Promise.resolve();
  }, cancel.signal);
  const third = gate.run(() => Promise.resolve("third"), noStop);
  cancel.abort();
  await expect(second).rejects.toMatchObject({ name: "AbortError" });
  finish();
  await first;
  expect(await third).toBe("third");
  expect(hasStarted).toBe(false);
});
