import { expect, it } from "vitest";
import { withSlowProgress } from "../../../../src/ui/manage/slowProgress.js";

// The double of VS Code has no progress: whoever asked for it would fail.

it("work that is quick shows nothing, and its result comes through", async () => {
  const work = (report: (message: string) => void): Promise<string> => {
    report("half");
    return Promise.resolve("done");
  };
  expect(await withSlowProgress("Work", work)).toBe("done");
});

it("work that fails quickly shows nothing, and its failure comes through", async () => {
  const failure = new Error("no");
  await expect(withSlowProgress("Work", () => Promise.reject(failure))).rejects.toBe(failure);
});
