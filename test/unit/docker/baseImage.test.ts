import { describe, expect, it } from "vitest";
import type { BuildOptions } from "../../../src/core/enginePorts.js";
import { listBaseImages, pullTarget } from "../../../src/docker/baseImage.js";
import { parseInstructions } from "../../../src/docker/dockerfileSource.js";

function listed(dockerfile: string, options: BuildOptions = {}): [string, number][] {
  const request = { dockerfile: "/d/Dockerfile", context: "/d", platforms: [], options };
  const images = listBaseImages(parseInstructions(dockerfile), request);
  return images.map(({ image, line }) => [image, line]);
}

describe("the base images of a Dockerfile", () => {
  it("are those of FROM, COPY --from and RUN --mount, but no stages", () => {
    const dockerfile = [
      "FROM --platform=linux/amd64 one.example/a:1 AS Make",
      "FROM scratch AS empty",
      "FROM make",
      "COPY --chown=1 --from=make /a /",
      "COPY --from=0 /a /",
      "COPY --from=two.example/b /a /",
      "RUN --mount=type=bind,from=three.example/c@sha256:0,target=/c --mount=from=empty true",
      "RUN echo --from=no.example/x",
    ].join("\n");
    expect(listed(dockerfile)).toEqual([
      ["one.example/a:1", 1],
      ["two.example/b", 6],
      ["three.example/c@sha256:0", 7],
    ]);
  });

  it("have the arguments before the first FROM filled in", () => {
    const dockerfile = [
      'ARG HOST="one.example"',
      "ARG NAME=${HOST}/base TAG",
      "ARG TAG",
      "FROM ${NAME}:${TAG:-latest}",
      "ARG HOST=inner.example",
      "FROM $HOST/x${TAG:+-}$TAG",
    ].join("\n");
    expect(listed(dockerfile.replace(" TAG", ""))).toEqual([
      ["one.example/base:latest", 4],
      ["one.example/x", 6],
    ]);
    const options = { buildArgs: { TAG: "7", HOST: "given.example" } };
    expect(listed(dockerfile.replace(" TAG", ""), options)).toEqual([
      ["given.example/base:7", 4],
      ["given.example/x-7", 6],
    ]);
  });

  it("are not what a named context stands for", () => {
    const contexts = { "one.example/a": { kind: "folder", path: "/a" } } as const;
    expect(listed("FROM one.example/a\nCOPY --from=b /x /\n", { contexts })).toEqual([["b", 2]]);
  });
});

it.each([
  ["busybox", "docker.io"],
  ["library/busybox:1", "docker.io"],
  ["localhost/a", "localhost"],
  ["127.0.0.1:5000/a/b:1", "127.0.0.1:5000"],
  ["public.ecr.aws/docker/library/busybox", "public.ecr.aws"],
])("%s is pulled from %s", (image, host) => {
  expect(pullTarget(image).host).toBe(host);
});
