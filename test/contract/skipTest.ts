import { it, type TestContext } from "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** Why the test was skipped, for the end of the run. */
    reason?: string;
  }
}

/** Skips the running test, for a reason that the end of `npm test` names with it. */
export function skipTest(context: TestContext, reason: string): never {
  context.task.meta.reason = reason;
  return context.skip(reason);
}

/** Adds a test that is skipped for a reason where no engine is left to test on. */
export function skipWithout(engines: readonly unknown[], reason: string): void {
  if (engines.length > 0) return;
  it("has an engine to run on", (context) => skipTest(context, reason));
}
