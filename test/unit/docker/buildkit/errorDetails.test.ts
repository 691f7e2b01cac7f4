import { describe, expect, it } from "vitest";
import { readErrorDetails } from "../../../../src/docker/buildkit/errorDetails.js";
import { FieldWriter } from "../../../../src/docker/buildkit/protoFields.js";

const SOURCE = "github.com/moby/buildkit/errdefs.Source+json";
const EXIT = "github.com/moby/buildkit/frontend/gateway/pb.ExitMessage+json";

function statusOf(...parts: readonly [type: string, value: string][]): Uint8Array {
  const writer = new FieldWriter().integer(1, 2).text(2, "failed");
  for (const [type, value] of parts) {
    writer.message(3, (part) => part.text(1, type).text(2, value));
  }
  return writer.finish();
}

describe("the details of a failed solve", () => {
  it("tell the line and the exit code", () => {
    const ranges = [{ start: { line: 3 }, end: { line: 4 } }];
    const status = statusOf(
      ["github.com/moby/buildkit/stack.Stack+json", "{}"],
      [EXIT, '{"Code":42}'],
      [SOURCE, JSON.stringify({ info: { filename: "Dockerfile" }, ranges })],
    );
    expect(readErrorDetails(status)).toEqual({ line: 3, endLine: 4, exitCode: 42 });
  });

  it.each([
    ["no details", undefined],
    ["no JSON", statusOf([SOURCE, "{"])],
    ["no ranges", statusOf([SOURCE, '{"ranges":[]}'])],
    ["a text for a line", statusOf([SOURCE, '{"ranges":[{"start":{"line":"3"}}]}'])],
    ["a binary part", statusOf(["type.googleapis.com/x", "\u0001"])],
    ["a message that is cut", statusOf([SOURCE, "{}"]).subarray(0, 9)],
  ])("may hold %s", (_, status) => {
    expect(readErrorDetails(status)).toEqual({
      line: undefined,
      endLine: undefined,
      exitCode: undefined,
    });
  });
});
