import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isCancellation } from "../../../src/core/errors.js";
import { useLocalRegistry } from "../aws/localRegistry.js";
import { testEngines } from "../engines.js";
import { contextOf, digestInEcr, freshFiles, isPhase, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();

describe.each(await testEngines())("cancelling a push with $label", (testEngine) => {
  const { host, hasContainerdStore, tellsLayers } = testEngine;

  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = new Pipeline(here, host);
  });
  afterEach(async () => {
    await pipeline.tidy();
    expect(pipeline.leaks()).toEqual([]);
  });

  it("stops the build when it is cancelled, leaves no name, then works", async () => {
    const request = await requestFor(
      freshFiles({ Dockerfile: "FROM busybox:local\nCOPY file /\nRUN echo started; sleep 600\n" }),
    );
    const cancel = new AbortController();
    const { error } = await pipeline.push(request, {
      cancel,
      onEvent: (event) => {
        if (event.type === "log" && event.text.includes("started")) cancel.abort();
      },
    });
    expect(error).toSatisfy(isCancellation);
    expect(await pipeline.localNames()).toEqual([]);
    await writeFile(path.join(contextOf(request), "Dockerfile"), "FROM scratch\nCOPY file /\n");
    expect((await pipeline.push(request)).pushed).toBeDefined();
  });

  it("stops the upload when it is cancelled, leaves no name, then works", async () => {
    const request = await requestFor(freshFiles());
    await writeFile(path.join(contextOf(request), "file"), randomBytes(3_000_000));
    await here.control.limitRate(500_000);
    const cancel = new AbortController();
    const isUploading = async (): Promise<boolean> =>
      (await here.control.requests()).some(({ method }) => method === "PATCH");
    const abortAtUpload = async (): Promise<void> => {
      await vi.waitUntil(isUploading, { timeout: 60_000 });
      cancel.abort();
    };
    const { error } = await pipeline.push(request, {
      cancel,
      onEvent: (event) => {
        if (event.type === "layer" && event.state === "uploading") cancel.abort();
        if (event.type !== "pushing") return;
        // A build that pushes tells no layers, and asks the registry at once.
        if (hasContainerdStore) cancel.abort();
        else if (!tellsLayers) void abortAtUpload();
      },
    });
    expect(error).toSatisfy(isCancellation);
    expect(await pipeline.localNames()).toEqual([]);
    await here.control.reset();
    // What goes on in the engine would end now that nothing is slow.
    await delay(500);
    expect(await here.countOf("PutImage")).toBe(0);
    expect(await pipeline.localNames()).toEqual([]);
    const { pushed } = await pipeline.push(request);
    expect(pushed?.digest).toBe(await digestInEcr(here, "1.0"));
  });

  it.each(["preflight", hasContainerdStore ? "push" : "tag", "verify"])(
    "leaves no name when it is cancelled at %s, then works",
    async (phase) => {
      const request = await requestFor(freshFiles());
      const cancel = new AbortController();
      const { error } = await pipeline.push(request, {
        cancel,
        onEvent: (event) => {
          if (isPhase(event, phase)) cancel.abort();
        },
      });
      expect(error).toSatisfy(isCancellation);
      expect(await pipeline.localNames()).toEqual([]);
      expect((await pipeline.push(request)).pushed).toBeDefined();
    },
  );
});
