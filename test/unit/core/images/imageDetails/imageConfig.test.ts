import { describe, expect, it } from "vitest";
import { parseImageConfig } from "../../../../../src/core/images/imageDetails/imageConfig.js";

describe("parseImageConfig", () => {
  it("reads how an image runs", () => {
    const config = parseImageConfig(
      JSON.stringify({
        os: "linux",
        architecture: "arm64",
        variant: "v8",
        created: "2026-01-02T03:04:05Z",
        author: "kim",
        config: {
          Entrypoint: ["/bin/app"],
          Cmd: ["--port", "8080"],
          Env: ["PATH=/bin", "TOKEN=a=b", "EMPTY"],
          Labels: { "org.opencontainers.image.revision": "abc" },
          User: "1000",
          WorkingDir: "/srv",
          ExposedPorts: { "8080/tcp": {} },
          Volumes: { "/data": {} },
          StopSignal: "SIGINT",
          Healthcheck: { Test: ["CMD", "true"] },
        },
        history: [{ created_by: "COPY a b", empty_layer: true, comment: "x" }],
      }),
    );
    expect(config).toEqual({
      platform: "linux/arm64/v8",
      createdAt: new Date("2026-01-02T03:04:05Z"),
      author: "kim",
      entrypoint: ["/bin/app"],
      command: ["--port", "8080"],
      variables: [
        ["PATH", "/bin"],
        ["TOKEN", "a=b"],
        ["EMPTY", ""],
      ],
      labels: [["org.opencontainers.image.revision", "abc"]],
      user: "1000",
      workingFolder: "/srv",
      ports: ["8080/tcp"],
      volumes: ["/data"],
      stopSignal: "SIGINT",
      healthCheck: ["CMD", "true"],
      history: [{ createdBy: "COPY a b", createdAt: undefined, comment: "x", isEmpty: true }],
    });
  });

  it("leaves out what makes no sense, as anybody may push anything", () => {
    const odd = {
      os: 7,
      created: "yesterday",
      config: { Env: ["A=1", 2, null], Labels: { a: 1, b: "two" }, Cmd: "sh", ExposedPorts: [1] },
      history: [null, 3, { created_by: 5, empty_layer: "yes" }],
    };
    const config = parseImageConfig(JSON.stringify(odd));
    expect(config).toMatchObject({
      platform: undefined,
      createdAt: undefined,
      command: [],
      variables: [["A", "1"]],
      labels: [["b", "two"]],
    });
    expect(config?.history).toEqual([
      { createdBy: "", createdAt: undefined, comment: undefined, isEmpty: false },
    ]);
    expect(parseImageConfig("{}")?.history).toEqual([]);
    for (const text of ["", "null", "[]", "7", "{"]) expect(parseImageConfig(text)).toBeUndefined();
  });
});
