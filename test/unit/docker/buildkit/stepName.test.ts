import { expect, it } from "vitest";
import { parseStepName } from "../../../../src/docker/buildkit/stepName.js";

it.each([
  ["[2/6] RUN make", { index: 2, total: 6, text: "RUN make" }],
  ["[build 2/6] COPY a /", { stage: "build", index: 2, total: 6, text: "COPY a /" }],
  ["[stage-1  2/10] RUN a", { stage: "stage-1", index: 2, total: 10, text: "RUN a" }],
  [
    "[linux/arm64/v8 build 2/6] RUN a",
    { platform: "linux/arm64/v8", stage: "build", index: 2, total: 6 },
  ],
  ["[linux/amd64 1/2] FROM a", { platform: "linux/amd64", stage: undefined, index: 1 }],
  ["[2/2] RUN <<EOF (echo a...)", { text: "RUN <<EOF (echo a...)" }],
])("reads %s", (name, expected) => {
  expect(parseStepName(name)).toMatchObject(expected);
});

it.each(["[internal] load .dockerignore", "exporting to image", "[auth] a:pull b", ""])(
  "takes %j for BuildKit's own work",
  (name) => {
    expect(parseStepName(name)).toBeUndefined();
  },
);
