import { expect, it } from "vitest";
import { shareCalls } from "../../../src/core/shareCalls.js";

it("lets calls for one key share the one that is under way, and no other", async () => {
  const calls: string[] = [];
  const share = shareCalls(async (key: string) => {
    calls.push(key);
    await Promise.resolve();
    if (key === "bad") throw new Error(`no ${key}`);
    return calls.length;
  });
  expect(await Promise.all([share("a"), share("a"), share("b")])).toEqual([2, 2, 2]);
  expect(calls).toEqual(["a", "b"]);
  await share("a");
  expect(calls).toEqual(["a", "b", "a"]);
  const failures = await Promise.allSettled([share("bad"), share("bad")]);
  expect(failures.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(share("bad")).rejects.toThrow("no bad");
  expect(calls.filter((key) => key === "bad")).toHaveLength(2);
});
