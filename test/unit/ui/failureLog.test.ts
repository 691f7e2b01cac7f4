import { describe, expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import { logFailure } from "../../../src/ui/failureLog.js";
import { RecordingLog } from "../../fakes/recordingLog.js";

describe("logFailure", () => {
  it("writes the whole chain of causes, first failure first", () => {
    const log = new RecordingLog();
    const socket = Object.assign(new Error("connect ENOENT"), { name: "SystemError" });
    const cause = new Error("request failed", { cause: socket });
    const failure = { kind: "docker-permission-denied", endpoint: "unix:///s" } as const;
    logFailure(log, "Push to ECR", new EcrError(failure, { cause }));
    expect(log.lines.filter((line) => line.startsWith("error"))).toEqual([
      'error Push to ECR: EcrError: docker-permission-denied {"endpoint":"unix:///s"}',
      "error   caused by Error: request failed",
      "error   caused by SystemError: connect ENOENT",
    ]);
    expect(log.lines.at(-1)).toMatch(/^debug EcrError: .*\n\s+at /s);
  });

  it("ends on causes that go in a circle", () => {
    const log = new RecordingLog();
    const error: Error & { cause?: unknown } = new Error("round");
    error.cause = error;
    logFailure(log, "x", error);
    expect(log.lines.filter((line) => line.includes("caused by"))).toHaveLength(10);
  });

  it("writes what was thrown without being an error", () => {
    const log = new RecordingLog();
    logFailure(log, "x", "text");
    expect(log.lines).toEqual(["error x: text"]);
  });
});
