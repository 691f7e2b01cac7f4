import { describe, expect, it } from "vitest";
import { buildkitFailure } from "../../../../src/docker/buildkit/buildkitFailure.js";
import type { FailedVertex } from "../../../../src/docker/buildkit/buildProgress.js";
import { GrpcError } from "../../../../src/docker/buildkit/grpcError.js";
import { FieldWriter } from "../../../../src/docker/buildkit/protoFields.js";
import { parseStepName } from "../../../../src/docker/buildkit/stepName.js";
import { parseInstructions } from "../../../../src/docker/dockerfileSource.js";

const request = { dockerfile: "/d/Dockerfile", context: "/d", platforms: [] };
const DOCKERFILE = [
  "FROM busybox:local AS make",
  "RUN cc one &&\\",
  "    cc two",
  "FROM 1.dkr.ecr.example/team/base:1",
  "ARG WORD",
  "RUN echo $WORD",
  "RUN cc one && cc two",
].join("\n");

const known = {
  request,
  prepared: { instructions: parseInstructions(DOCKERFILE) },
  ownerOf: () => undefined,
};

function failed(name: string, lastLines: readonly string[] = []): FailedVertex {
  return { name, step: parseStepName(name), error: "e", lastLines };
}

function failureOf(message: string, vertex?: FailedVertex, details?: Uint8Array): object {
  const error = new GrpcError(2, message, details);
  return buildkitFailure(error, { ...known, failed: vertex }).failure;
}

describe("the failure of a build", () => {
  it("takes the line that BuildKit tells", () => {
    const source = '{"ranges":[{"start":{"line":7},"end":{"line":9}}]}';
    const type = "github.com/moby/buildkit/errdefs.Source+json";
    const details = new FieldWriter().message(3, (p) => p.text(1, type).text(2, source)).finish();
    expect(
      failureOf(
        'failed to solve: process "/bin/sh -c cc" did not complete successfully: exit code: 2',
        failed("[stage-1 3/3] RUN cc one && cc two", ["a", "b"]),
        details,
      ),
    ).toEqual({
      kind: "build-failed",
      dockerfile: "/d/Dockerfile",
      line: 7,
      step: "RUN cc one && cc two",
      endLine: 9,
      message: "exit code: 2",
      output: ["a", "b"],
    });
  });

  it.each([
    ["[make 2/2] RUN cc one &&    cc two", 2],
    ["[stage-1 2/3] RUN echo filled in", 6],
    ["[stage-1 3/3] RUN cc one && cc two", 7],
    ["[make 9/9] RUN something else", 2],
    ["[stage-1 9/9] RUN something else", undefined],
  ])("finds the line of %s itself where it is not told", (name, line) => {
    const message = "executor failed running [/bin/sh -c x]: exit code: 1";
    expect(failureOf(message, failed(name))).toMatchObject({ line, message: "exit code: 1" });
  });

  it("takes the line of a syntax error from the words", () => {
    expect(
      failureOf(
        "failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 3: unknown instruction: RUNN",
      ),
    ).toMatchObject({
      kind: "build-failed",
      line: 3,
      step: undefined,
      message: "unknown instruction: RUNN",
    });
  });

  it.each([
    ["401", "unexpected status: 401 Unauthorized", "base-image-unauthorized"],
    ["403", "unexpected status: 403 Forbidden", "base-image-denied"],
    ["500", "unexpected status: 500 Internal Server Error", "registry-unavailable"],
    ["no answer", "dial tcp 1.2.3.4:443: connect: connection refused", "registry-unreachable"],
  ])("of a base image is the registry's: %s", (_, words, kind) => {
    const name = "[internal] load metadata for 1.dkr.ecr.example/team/base:1";
    expect(failureOf(`failed to solve: ${words}`, failed(name))).toMatchObject({ kind });
  });

  it("of a base image that is not there names its line", () => {
    const name = "[internal] load metadata for docker.io/library/busybox:local";
    expect(failureOf("failed to solve: busybox:local: not found", failed(name))).toMatchObject({
      kind: "base-image-not-found",
      image: "busybox:local",
      host: "docker.io",
      line: 1,
    });
  });

  it.each([
    "FROM 1.dkr.ecr.example/team/base:1",
    "[internal] load metadata for 1.dkr.ecr.example/team/base:1",
    "[context base] load metadata for 1.dkr.ecr.example/team/base:1",
    "[stage-1 1/3] FROM 1.dkr.ecr.example/team/base:1@sha256:0f",
    "resolve image config for docker-image://1.dkr.ecr.example/team/base:1",
  ])("names the base image of %s", (name) => {
    expect(failureOf("failed with status code: 401 Unauthorized", failed(name))).toMatchObject({
      kind: "base-image-unauthorized",
      image: "1.dkr.ecr.example/team/base:1",
      line: 4,
    });
  });

  it("takes no file that is missing in a stage for a missing base image", () => {
    const message =
      'failed to compute cache key: failed to calculate checksum of ref a::b: "/file": not found';
    expect(failureOf(message, failed("[stage-1 2/3] COPY --from=make /file /"))).toMatchObject({
      kind: "build-failed",
    });
  });

  it.each(["secret key not found: not found", "secret key: not found"])(
    "names the secret that is missing: %s",
    (words) => {
      const vertex = failed("[stage-1 2/3] RUN echo $WORD");
      expect(failureOf(`failed to solve: ${words}`, vertex)).toEqual({
        kind: "secret-missing",
        id: "key",
        dockerfile: "/d/Dockerfile",
        line: 6,
      });
    },
  );

  it.each(["rpc error: code = NotFound desc = ", "failed to load cache key: NotFound: "])(
    "names the SSH agent that is missing after %s",
    (wrapping) => {
      const words = `${wrapping}the build was given no SSH agent work`;
      expect(failureOf(words, failed("[stage-1 2/3] RUN echo $WORD"))).toMatchObject({
        kind: "ssh-agent-missing",
        id: "work",
        line: 6,
      });
    },
  );

  it.each([
    ['unknown cache exporter: "registry"', "cache-to"],
    ['failed to solve: exporter "image" could not be found', "exporter"],
    [
      "failed to solve: unsupported frontend capability moby.buildkit.frontend.contexts",
      "contexts",
    ],
  ])("names what the builder lacks: %s", (words, feature) => {
    expect(failureOf(words)).toMatchObject({ kind: "builder-lacks", feature });
  });

  it("keeps a step's own words about registries for the step", () => {
    const message = "executor failed running [/bin/sh -c x]: exit code: 1";
    const vertex = failed("[stage-1 2/3] RUN echo a", ["unauthorized: authentication required"]);
    expect(failureOf(message, vertex)).toMatchObject({ kind: "build-failed" });
  });

  it("of a connection that broke is the engine's", () => {
    const error = new GrpcError(14, "the connection broke off");
    expect(buildkitFailure(error, { ...known, failed: undefined }).failure).toEqual({
      kind: "stream-truncated",
      operation: "build",
    });
  });

  it("says when a program is for another platform", () => {
    const vertex = failed("[stage-1 2/3] RUN a", ["exec /bin/sh: exec format error"]);
    expect(failureOf("exit code: 1", vertex)).toMatchObject({
      kind: "build-failed",
      message: expect.stringContaining("can't run programs of this kind") as string,
    });
    const foreign = { ...known, request: { ...request, platforms: ["linux/arm64"] } };
    const error = new GrpcError(2, "exit code: 1");
    expect(buildkitFailure(error, { ...foreign, failed: vertex }).failure).toMatchObject({
      kind: "emulator-missing",
      step: "RUN a",
      platforms: ["linux/arm64"],
    });
  });
});
