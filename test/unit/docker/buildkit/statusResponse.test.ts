import { expect, it } from "vitest";
import { FieldWriter } from "../../../../src/docker/buildkit/protoFields.js";
import { decodeStatusResponse } from "../../../../src/docker/buildkit/statusResponse.js";
import { encodeStatus } from "./statusMessage.js";

it("decodes steps, logs and warnings", () => {
  const message = encodeStatus({
    vertices: [{ digest: "d", name: "[1/2] FROM a", started: 1, cached: true, error: "e" }],
    logs: [{ vertex: "d", text: "line\n" }],
    warnings: [
      { short: "old", details: ["so"], url: "https://example.org", line: 7, endLine: 9 },
      { short: "nowhere" },
    ],
  });
  const { vertices, logs, warnings } = decodeStatusResponse(message);
  expect(vertices).toEqual([
    {
      digest: "d",
      name: "[1/2] FROM a",
      inputs: ["sha256:input"],
      isCached: true,
      startedMs: 1000,
      completedMs: undefined,
      error: "e",
    },
  ]);
  expect(logs).toEqual([
    { vertex: "d", timeMs: undefined, stream: 2, bytes: new Uint8Array(Buffer.from("line\n")) },
  ]);
  const url = "https://example.org";
  expect(warnings).toEqual([
    { vertex: "v", short: "old", details: ["so"], url, line: 7, endLine: 9 },
    { vertex: "v", short: "nowhere", details: [], url: "", line: undefined, endLine: undefined },
  ]);
});

it("decodes how far the parts of a step are", () => {
  const message = new FieldWriter()
    .message(2, (status) => {
      status.text(1, "sha256:layer").text(2, "d").integer(4, 10).integer(5, 20);
      status.message(8, (time) => time.integer(1, 2));
    })
    .finish();
  expect(decodeStatusResponse(message).statuses).toEqual([
    {
      vertex: "d",
      id: "sha256:layer",
      current: 10,
      total: 20,
      startedMs: undefined,
      completedMs: 2000,
    },
  ]);
});
