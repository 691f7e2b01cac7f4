import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isCancellation } from "../../../src/core/errors.js";
import { useLocalRegistry } from "../aws/localRegistry.js";
import { patience } from "../docker/engineUnderTest.js";
import { testEngines } from "../engines.js";
import { digestInEcr, freshFiles, isPhase, phasesOf, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();

describe.each(await testEngines())("pushing a Dockerfile with $label", (testEngine) => {
  const { host, kind, hasContainerdStore, tellsLayers } = testEngine;
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = new Pipeline(here, host);
  });
  afterEach(async () => {
    await pipeline.tidy();
    expect(pipeline.leaks()).toEqual([]);
  });

  it("creates the repository, and ECR shows the digest", async () => {
    const request = await requestFor(freshFiles());
    const { events, pushed } = await pipeline.push(request);
    const uri = `${here.local.host}/team/api`;
    const digest = await digestInEcr(here, "1.0");
    expect(pushed).toMatchObject({
      repository: { name: "team/api", uri },
      tags: ["1.0"],
      digest,
      pinnedReference: `${uri}@${digest ?? ""}`,
      wasThere: false,
    });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(pushed?.sizeBytes).toBeGreaterThan(0);
    // A build that pushes names the image by itself, and tells no layers.
    const named = hasContainerdStore ? [] : ["tag"];
    expect(phasesOf(events)).toEqual(["preflight", "build", ...named, "push", "verify"]);
    const types = new Set(events.map((event) => event.type));
    for (const type of ["engine", "repository-created", "context", "step", "pushing"] as const) {
      expect(types).toContain(type);
    }
    expect(types.has("layer")).toBe(tellsLayers && !hasContainerdStore);
    expect(await pipeline.localNames()).toEqual([`${uri}:1.0`]);
    // What the search for secrets below looks for was really in use.
    expect(pipeline.tokenCount).toBe(1);
  });

  it("says that unchanged files are in ECR already, and sends nothing", async () => {
    const request = await requestFor(freshFiles());
    const first = await pipeline.push(request);
    const uploads = await here.countOf("InitiateLayerUpload");
    const { events, pushed } = await pipeline.push(request);
    expect(pushed).toMatchObject({ digest: first.pushed?.digest, wasThere: true });
    const pushing = events.filter(({ type }) => type === "pushing" || type === "layer");
    // A build that pushes asks the registry by itself, layer by layer;
    // Podman doesn't note the digest that a push gave, so it is asked to push, and sends nothing.
    expect(pushing).toHaveLength(kind === "podman" || hasContainerdStore ? 1 : 0);
    expect(await here.countOf("InitiateLayerUpload")).toBe(uploads);
    expect(await here.countOf("CreateRepository")).toBe(1);
  });

  it("gives several tags to one image", async () => {
    const request = await requestFor(freshFiles(), { tags: ["1.0", "latest"] });
    const { pushed } = await pipeline.push(request);
    expect(await digestInEcr(here, "1.0")).toBe(pushed?.digest);
    expect(await digestInEcr(here, "latest")).toBe(pushed?.digest);
  });

  it("pushes a local image that has no name, and does not lose it when that is cancelled", async () => {
    const files = freshFiles();
    const built = await pipeline.push(await requestFor(files));
    const [name = ""] = await pipeline.localNames();
    const image = (await pipeline.engine.findImage(name, patience))?.id ?? "";
    // The name moves on, so the first image has none.
    await pipeline.push(await requestFor(freshFiles()));
    expect(await pipeline.engine.findImage(image, patience)).toMatchObject({ references: [] });

    const cancel = new AbortController();
    const request = await requestFor(files, { tags: ["again"] });
    const again = { ...request, source: { kind: "local-image", image } } as const;
    const cancelled = await pipeline.push(again, {
      cancel,
      onEvent: (event) => {
        if (isPhase(event, "push")) cancel.abort();
      },
    });
    expect(cancelled.error).toSatisfy(isCancellation);
    expect(cancelled.events.at(-1)).toMatchObject({ type: "warning" });
    const { pushed } = await pipeline.push(again);
    expect(pushed?.digest).toBe(built.pushed?.digest);
  });

  it.each([
    ["a repository name", { repository: "Team/Api" }, "repository"],
    ["a tag", { tags: ["1.0", "not ok"] }, "tag"],
    ["a platform", { platforms: ["amd64"] }, "platform"],
  ])("refuses %s that is not valid before anyone is asked", async (_, change, field) => {
    const { events, failure } = await pipeline.push(await requestFor(freshFiles(), change));
    expect(failure).toMatchObject({ kind: "invalid-input", field });
    expect(events).toEqual([]);
    expect(await here.control.requests()).toEqual([]);
  });

  it("refuses a Dockerfile that is missing or empty before AWS is asked, then works", async () => {
    const request = await requestFor({ file: "x" });
    const dockerfile = "dockerfile" in request.source ? request.source.dockerfile : "";
    const missing = await pipeline.push(request);
    expect(missing.failure).toEqual({
      kind: "dockerfile-unreadable",
      path: dockerfile,
      reason: "it does not exist",
    });
    await writeFile(dockerfile, "# nothing yet\n");
    expect((await pipeline.push(request)).failure).toEqual({
      kind: "dockerfile-empty",
      path: dockerfile,
    });
    expect(await here.control.requests()).toEqual([]);
    await writeFile(dockerfile, "FROM scratch\nCOPY file /\n");
    expect((await pipeline.push(request)).pushed).toBeDefined();
  });

  it("names the line of a syntax error, leaves no name, then works", async () => {
    const request = await requestFor(freshFiles({ Dockerfile: "FROM scratch\n\nCOPPY file /\n" }));
    const { failure } = await pipeline.push(request);
    expect(failure).toMatchObject({ kind: "build-failed", line: 3 });
    expect(await pipeline.localNames()).toEqual([]);
    if (request.source.kind === "dockerfile") {
      await writeFile(request.source.dockerfile, "FROM scratch\n\nCOPY file /\n");
    }
    expect((await pipeline.push(request)).pushed).toBeDefined();
  });

  it("names a context that can't be read", async () => {
    const request = await requestFor(freshFiles());
    const { source } = request;
    if (source.kind !== "dockerfile") throw new Error("the request builds no Dockerfile");
    for (const context of [`${source.context}/none`, path.join(source.context, "file")]) {
      const { failure } = await pipeline.push({ ...request, source: { ...source, context } });
      expect(failure).toMatchObject({ kind: "context-unreadable", path: context });
    }
    expect(await pipeline.localNames()).toEqual([]);
  });
});

describe("pushing a Dockerfile without an engine", () => {
  it("names the address, and asks nothing of AWS", async () => {
    const request = await requestFor(freshFiles());
    const socket = path.join(
      request.source.kind === "dockerfile" ? request.source.context : "",
      "none.sock",
    );
    await rm(socket, { force: true });
    const pipeline = new Pipeline(here, `unix://${socket}`);
    const { failure } = await pipeline.push(request);
    expect(failure).toMatchObject({ kind: "docker-unavailable", endpoint: `unix://${socket}` });
    expect(await here.control.requests()).toEqual([]);
  });
});
