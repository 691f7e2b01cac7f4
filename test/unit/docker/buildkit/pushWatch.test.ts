import { expect, it } from "vitest";
import { parseImageReference } from "../../../../src/core/imageReference.js";
import { PushWatch } from "../../../../src/docker/buildkit/pushWatch.js";
import type { StatusResponse } from "../../../../src/docker/buildkit/statusResponse.js";

const references = ["h/api:x", "h/api:y"].map(parseImageReference);

/** A message about parts of the step that exports. */
function statusOf(...parts: readonly (readonly [id: string, isDone: boolean])[]): StatusResponse {
  const statuses = parts.map(([id, isDone]) => ({
    vertex: "v",
    id,
    current: 0,
    total: 0,
    startedMs: 1,
    completedMs: isDone ? 2 : undefined,
  }));
  return { vertices: [], statuses, logs: [], warnings: [] };
}

it("tells each reference when its upload begins, however often BuildKit repeats itself", () => {
  const watch = new PushWatch(references);
  const told = [
    statusOf(["exporting layers", false], ["naming to h/api:x", true]),
    statusOf(["pushing layers", false]),
    statusOf(["pushing layers", false], ["pushing layers", true]),
    statusOf(["pushing manifest for h/api:x@sha256:1", false]),
    statusOf(["pushing manifest for h/api:x@sha256:1", true], ["pushing layers", false]),
    statusOf(["pushing layers", true], ["pushing manifest for h/api:y@sha256:1", true]),
    statusOf(["pushing layers", false]),
  ].map((status) => [...watch.push(status)]);
  expect(told).toEqual([
    [],
    [{ type: "pushing", reference: "h/api:x" }],
    [],
    [],
    [{ type: "pushing", reference: "h/api:y" }],
    [],
    [],
  ]);
});

it("says nothing of a build that pushes nothing", () => {
  const watch = new PushWatch([]);
  expect([...watch.push(statusOf(["pushing layers", false]))]).toEqual([]);
});
