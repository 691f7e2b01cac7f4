import type { TestContext } from "vitest";

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
