import { expect, it } from "vitest";
import type { Scan } from "../../../../src/core/images/imageDetails/findings.js";
import { scanText } from "../../../../src/ui/commands/scanImage.js";

const complete: Scan = { state: "complete", note: undefined, completedAt: undefined, counts: {} };

it.each<readonly [Scan | undefined, string]>([
  [complete, "The scan of app:1 found nothing."],
  [
    { ...complete, counts: { low: 5, critical: 2, undefined: 1 } },
    "The scan of app:1 found: 2 critical, 5 low, 1 not rated.",
  ],
  [{ ...complete, state: "failed" }, "The scan of app:1 came to no result."],
  [
    { ...complete, state: "unsupported", note: "the operating system is unknown" },
    "The scan of app:1 came to no result: The operating system is unknown.",
  ],
  [undefined, "The scan of app:1 came to no result."],
])("a scan is told in words, the worst first: %#", (scan, text) => {
  expect(scanText("app:1", scan)).toBe(text);
});
