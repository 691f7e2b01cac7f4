import { describe, expect, it } from "vitest";
import { readBuildReason } from "../../../src/docker/buildReason.js";

describe("the reason of a failed build", () => {
  it.each([
    [
      'failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2',
      "exit code: 2",
    ],
    ["executor failed running [/bin/sh -c make]: exit code: 2", "exit code: 2"],
    ["The command '/bin/sh -c make' returned a non-zero code: 2", "exit code: 2"],
    ['building at STEP "RUN make": while running runtime: exit status 2\n', "exit code: 2"],
    [
      'failed to solve: failed to compute cache key: "/nowhere": not found',
      '"/nowhere": not found',
    ],
  ])("does not repeat the command: %s", (message, text) => {
    expect(readBuildReason(message, true)).toEqual({ text, line: undefined });
  });

  it("tells the line of a syntax error apart from its words", () => {
    const message =
      "failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 3: unknown instruction: RUNN";
    expect(readBuildReason(message, false)).toEqual({
      text: "unknown instruction: RUNN",
      line: 3,
    });
  });

  it("leaves words alone that only look like a step's", () => {
    expect(readBuildReason("the proxy said exit code: 2", false).text).toBe(
      "the proxy said exit code: 2",
    );
  });
});
