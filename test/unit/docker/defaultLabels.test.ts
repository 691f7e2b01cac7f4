import { expect, it } from "vitest";
import type { BuildOptions } from "../../../src/core/enginePorts.js";
import { withDefaultLabels, withRevisionOnly } from "../../../src/docker/defaultLabels.js";
import { parseInstructions } from "../../../src/docker/dockerfileSource.js";

function labelsFor(dockerfile: string, more: BuildOptions = {}): unknown {
  const options = { defaultLabels: { "a.b": "ours", c: "ours" }, ...more };
  const request = { dockerfile: "/d/Dockerfile", context: "/d", platforms: [], options };
  return withDefaultLabels(request, parseInstructions(dockerfile)).options;
}

it.each([
  ["FROM x\n", { "a.b": "ours", c: "ours" }],
  ["FROM x\nLABEL a.b=own\n", { c: "ours" }],
  ['FROM x\nLABEL "a.b"="own value" other="c=1"\n', { c: "ours" }],
  ["FROM x\nlabel z=1 \\\n  'a.b'=own \\\n  c=own\n", {}],
  ["FROM x\nLABEL a.b own value c=1\n", { c: "ours" }],
  ["FROM x\nLABEL z=a\\ b c=2\n", { "a.b": "ours" }],
  ["FROM x\nRUN echo LABEL a.b=own\n", { "a.b": "ours", c: "ours" }],
  ["FROM x AS base\nLABEL a.b=own\nFROM base\nLABEL c=own\n", {}],
  ["FROM x AS other\nLABEL a.b=own\nFROM x\nCOPY --from=other / /\n", { "a.b": "ours", c: "ours" }],
])("leaves out what the Dockerfile itself sets: %j", (dockerfile, labels) => {
  expect(labelsFor(dockerfile)).toEqual({ labels });
});

it("looks at the stage that is built", () => {
  const dockerfile = "FROM x AS One\nLABEL a.b=own\nFROM one\nLABEL c=own\n";
  expect(labelsFor(dockerfile, { target: "one" })).toEqual({
    target: "one",
    labels: { c: "ours" },
  });
  expect(labelsFor(dockerfile, { target: "0" })).toMatchObject({ labels: { c: "ours" } });
});

it("lets labels that were asked for win", () => {
  const labels = { "a.b": "asked", d: "asked" };
  expect(labelsFor("FROM x\nLABEL a.b=own\n", { labels })).toEqual({
    labels: { "a.b": "asked", c: "ours", d: "asked" },
  });
});

it("keeps the revision alone for Podman", () => {
  const revision = { "org.opencontainers.image.revision": "0f" };
  const options = { target: "one", defaultLabels: { "a.b": "c", ...revision } };
  const request = { dockerfile: "/d/Dockerfile", context: "/d", platforms: [], options };
  expect(withRevisionOnly(request).options).toEqual({ target: "one", defaultLabels: revision });
});
