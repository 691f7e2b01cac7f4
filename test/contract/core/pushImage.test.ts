import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isCancellation } from "../../../src/core/errors.js";
import type { PushEvent } from "../../../src/core/pushImage.js";
import { RegistryToken } from "../../../src/core/registryToken.js";
import { ACCOUNT, useLocalRegistry } from "../aws/localRegistry.js";
import { patience } from "../docker/engineUnderTest.js";
import { testEngines } from "../engines.js";
import { digestInEcr, freshFiles, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();

function phasesOf(events: readonly PushEvent[]): string[] {
  return events.flatMap((event) => (event.type === "phase" ? event.phase : []));
}

function isPhase(event: PushEvent, phase: string): boolean {
  return event.type === "phase" && event.phase === phase;
}

describe.each(testEngines())("pushing a Dockerfile with %s", (host) => {
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
    expect(phasesOf(events)).toEqual(["preflight", "build", "tag", "push", "verify"]);
    const types = new Set(events.map((event) => event.type));
    for (const type of ["engine", "repository-created", "context", "step", "pushing", "layer"]) {
      expect(types).toContain(type);
    }
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
    expect(events.filter(({ type }) => type === "pushing" || type === "layer")).toEqual([]);
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
    ["a platform", { platform: "amd64" }, "platform"],
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

  it("renews a token that ends between build and push, once", async () => {
    const { events, pushed } = await pipeline.push(await requestFor(freshFiles()), {
      onEvent: (event) => (isPhase(event, "push") ? here.control.expireTokens() : undefined),
    });
    expect(pushed?.digest).toBe(await digestInEcr(here, "1.0"));
    expect(events.filter(({ type }) => type === "warning")).toHaveLength(1);
    expect(await here.countOf("GetAuthorizationToken")).toBe(2);
    expect(pipeline.tokenCount).toBe(2);
  });

  it("renews a token that the registry never knew, once", async () => {
    const { registry } = here;
    const fetchToken = registry.fetchToken.bind(registry);
    let fetched = 0;
    Object.assign(registry, {
      fetchToken: async (signal: AbortSignal) => {
        const token = await fetchToken(signal);
        fetched += 1;
        const { host: tokenHost, username, issuedAt, expiresAt } = token;
        return fetched > 1
          ? token
          : new RegistryToken(tokenHost, username, "wrong", issuedAt, expiresAt);
      },
    });
    const { pushed } = await pipeline.push(await requestFor(freshFiles()));
    expect(pushed).toBeDefined();
    expect(fetched).toBe(2);
  });

  it("says that the repository is missing, at once or when it goes amid the push", async () => {
    const request = await requestFor(freshFiles());
    const missing = await pipeline.push({ ...request, create: undefined });
    expect(missing.failure).toMatchObject({ kind: "repository-not-found", repository: "team/api" });
    expect(phasesOf(missing.events)).toEqual(["preflight"]);

    const gone = await pipeline.push(request, {
      onEvent: (event) => (isPhase(event, "push") ? here.control.clear() : undefined),
    });
    expect(gone.failure).toEqual({
      kind: "repository-not-found",
      repository: "team/api",
      registryId: ACCOUNT,
    });
    expect(await pipeline.localNames()).toEqual([]);
    expect((await pipeline.push(request)).pushed).toBeDefined();
  });

  it("says that a tag can't move before it builds, and takes another tag", async () => {
    const create = { tagMutability: "immutable" } as const;
    await pipeline.push(await requestFor(freshFiles(), { create }));
    const request = await requestFor(freshFiles(), { create });
    const { events, failure } = await pipeline.push(request);
    expect(failure).toEqual({ kind: "tag-immutable", repository: "team/api", tag: "1.0" });
    expect(phasesOf(events)).toEqual(["preflight"]);
    expect((await pipeline.push({ ...request, tags: ["1.1"] })).pushed).toBeDefined();
  });

  it("says that a tag can't move when another push took it during the build", async () => {
    const create = { tagMutability: "immutable" } as const;
    const other = await requestFor(freshFiles(), { create });
    const rival = new Pipeline(here, host);
    const { failure } = await pipeline.push(await requestFor(freshFiles(), { create }), {
      onEvent: async (event) => {
        if (isPhase(event, "build")) await rival.push(other);
      },
    });
    expect(failure).toEqual({ kind: "tag-immutable", repository: "team/api", tag: "1.0" });
    // The rival's name is where it was.
    expect(await pipeline.localNames()).toEqual([`${here.local.host}/team/api:1.0`]);
    const held = await pipeline.engine.findImage(`${here.local.host}/team/api:1.0`, patience);
    expect(held?.digests.join()).toContain(await digestInEcr(here, "1.0"));
  });

  it("names the permission that is missing, leaves no name, then works", async () => {
    const request = await requestFor(freshFiles());
    await here.control.denyAction("ecr:CreateRepository");
    expect((await pipeline.push(request)).failure).toMatchObject({
      kind: "access-denied",
      action: "ecr:CreateRepository",
    });
    await here.control.reset();
    await here.control.denyAction("ecr:PutImage");
    expect((await pipeline.push(request)).failure).toMatchObject({
      kind: "access-denied",
      action: "ecr:PutImage",
      resource: expect.stringContaining("team/api") as string,
    });
    expect(await pipeline.localNames()).toEqual([]);
    await here.control.reset();
    expect((await pipeline.push(request)).pushed?.wasThere).toBe(false);
  });

  it("gets over a connection that is cut amid a layer", async () => {
    const request = await requestFor(freshFiles());
    await writeFile(path.join(contextOf(request), "file"), randomBytes(3_000_000));
    await here.control.cutLayer({ afterBytes: 500_000 });
    const { events, pushed } = await pipeline.push(request);
    expect(pushed?.digest).toBe(await digestInEcr(here, "1.0"));
    expect(events.some((event) => event.type === "layer" && event.state === "retrying")).toBe(true);
  });

  it("says that the AWS session has ended before it builds, then works", async () => {
    const request = await requestFor(freshFiles());
    await here.control.rejectCredentials("ExpiredTokenException", 10);
    const { events, failure } = await pipeline.push(request);
    expect(failure).toEqual({ kind: "credentials-expired", profile: "dev" });
    expect(phasesOf(events)).toEqual(["preflight"]);
    await here.control.reset();
    expect((await pipeline.push(request)).pushed).toBeDefined();
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
    const { error } = await pipeline.push(request, {
      cancel,
      onEvent: (event) => {
        if (event.type === "layer" && event.state === "uploading") cancel.abort();
      },
    });
    expect(error).toSatisfy(isCancellation);
    expect(await pipeline.localNames()).toEqual([]);
    await here.control.reset();
    const { pushed } = await pipeline.push(request);
    expect(pushed?.digest).toBe(await digestInEcr(here, "1.0"));
  });

  it.each(["preflight", "tag", "verify"])(
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

  it("puts a name that it moved back to the image that had it", async () => {
    const first = await pipeline.push(await requestFor(freshFiles()));
    const [name = ""] = await pipeline.localNames();
    const before = (await pipeline.engine.findImage(name, patience))?.id;
    await here.control.denyAction("ecr:PutImage");
    const { failure } = await pipeline.push(await requestFor(freshFiles()));
    expect(failure?.kind).toBe("access-denied");
    expect((await pipeline.engine.findImage(name, patience))?.id).toBe(before);
    expect(await digestInEcr(here, "1.0")).toBe(first.pushed?.digest);
  });

  function contextOf({ source }: { source: { kind: string; context?: string } }): string {
    return source.context ?? "";
  }
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
