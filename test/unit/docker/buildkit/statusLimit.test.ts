import { describe, expect, it } from "vitest";
import { StatusLimit } from "../../../../src/docker/buildkit/statusLimit.js";
import type { StatusResponse, Vertex } from "../../../../src/docker/buildkit/statusResponse.js";

const none: StatusResponse = { vertices: [], statuses: [], logs: [], warnings: [] };

function vertexOf(digest: string): Vertex {
  const times = { startedMs: undefined, completedMs: undefined };
  return { digest, name: "x", inputs: [], isCached: false, error: "", ...times };
}

describe("a status without end", () => {
  it("is let through so far as memory should go, and said once", () => {
    let told = 0;
    let admitted = 0;
    const limit = new StatusLimit(() => told++);
    for (let message = 0; message < 1000; message++) {
      const vertices = Array.from({ length: 1000 }, (_, at) => vertexOf(`${message}-${at}`));
      admitted += limit.admit({ ...none, vertices }).vertices.length;
    }
    expect([admitted, told]).toEqual([20_000, 1]);
    // What is known goes on to be told.
    expect(limit.admit({ ...none, vertices: [vertexOf("0-0")] }).vertices).toHaveLength(1);
  });

  it("has no words and parts of steps that nobody knows, and not too many of the others", () => {
    let told = 0;
    const limit = new StatusLimit(() => told++);
    limit.admit({ ...none, vertices: [vertexOf("a")] });
    const bytes = new Uint8Array(1);
    const logs = ["a", "b"].map((vertex) => ({ vertex, bytes, stream: 1, timeMs: undefined }));
    expect(limit.admit({ ...none, logs }).logs).toEqual(logs.slice(0, 1));
    const part = { current: 0, total: 0, startedMs: undefined, completedMs: undefined };
    const statuses = Array.from({ length: 100_001 }, (_, at) => ({
      ...part,
      vertex: "a",
      id: `${at}`,
      name: "",
      timeMs: undefined,
    }));
    expect(limit.admit({ ...none, statuses }).statuses).toHaveLength(100_000);
    const warnings = Array.from({ length: 1_002 }, () => ({
      vertex: "a",
      short: "x",
      details: [],
      url: "",
      line: undefined,
      endLine: undefined,
    }));
    expect(limit.admit({ ...none, warnings }).warnings).toHaveLength(1_000);
    expect(told).toBe(1);
  });
});
