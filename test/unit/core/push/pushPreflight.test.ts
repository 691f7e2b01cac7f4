import { beforeEach, describe, expect, it } from "vitest";
import { makeReferenceFromUri } from "../../../../src/core/imageReference.js";
import type { LocalImage } from "../../../../src/core/enginePorts.js";
import {
  checkTags,
  findLocalImage,
  findSource,
  isThere,
  preflight,
} from "../../../../src/core/push/pushPreflight.js";
import { findTags } from "../../../../src/core/push/pushPlace.js";
import type { Image } from "../../../../src/core/registry.js";
import { EcrError } from "../../../../src/core/errors.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { DOCKERFILE, PushRig, requestOf } from "./pushRig.js";

let rig: PushRig;
let signal: AbortSignal;
beforeEach(() => {
  rig = new PushRig();
  signal = rig.cancel.signal;
});

function localImage(...digests: string[]): LocalImage {
  return {
    id: digestOf("local"),
    references: [],
    digests,
    sizeBytes: 0,
    createdAt: new Date(0),
    platform: undefined,
  };
}

describe("findSource", () => {
  it("has nothing to find for a Dockerfile", async () => {
    expect(await findSource(rig.engine, requestOf().source, signal)).toBeUndefined();
    expect(rig.engine.calls.names).toEqual([]);
  });

  it("finds a local image by its name and by its id", async () => {
    const id = rig.engine.load(["a"], "docker.io/library/api:1");
    for (const image of [id, "docker.io/library/api:1"]) {
      const found = await findSource(rig.engine, { kind: "local-image", image }, signal);
      expect(found?.id).toBe(id);
    }
  });
});

describe("findLocalImage", () => {
  it("names the image that is not there", async () => {
    await expect(findLocalImage(rig.engine, "api:gone", signal)).rejects.toMatchObject({
      failure: { kind: "image-not-found", reference: "api:gone" },
    });
  });
});

describe("checkTags", () => {
  it("refuses an immutable tag of another image, and takes it for the same one", () => {
    const repository = rig.registry.addRepository("team/api", {
      default: "immutable",
      exclusions: ["dev-*"],
    });
    const taken = (tag: string): ReadonlyMap<string, Image> =>
      new Map([[tag, rig.registry.putImage("team/api", { digest: digestOf("a"), tag })]]);
    const check =
      (local: LocalImage | undefined, tag = "1.0") =>
      () => {
        checkTags(repository, taken(tag), local);
      };
    const failure = { kind: "tag-immutable", repository: "team/api", tag: "1.0" };
    for (const local of [
      undefined,
      localImage(`${repository.uri}@${digestOf("b")}`),
      localImage(`other/api@${digestOf("a")}`),
    ]) {
      expect(check(local)).toThrow(expect.objectContaining({ failure }));
    }
    expect(check(localImage(`${repository.uri}@${digestOf("a")}`))).not.toThrow();
    expect(check(undefined, "dev-1")).not.toThrow();
  });
});

describe("isThere", () => {
  it("returns the digest only when tag and image agree in this very repository", async () => {
    const repository = rig.registry.addRepository("team/api");
    rig.registry.putImage("team/api", { digest: digestOf("a"), tag: "1.0" });
    const before = await findTags(rig.registry, "team/api", ["1.0"], signal);
    const at = (tag: string, image: LocalImage): string | undefined =>
      isThere(makeReferenceFromUri(repository.uri, { tag }), before, repository, image);
    const same = localImage(`${repository.uri}@${digestOf("a")}`);
    expect(at("1.0", same)).toBe(digestOf("a"));
    expect(at("2.0", same)).toBeUndefined();
    expect(at("1.0", localImage())).toBeUndefined();
    expect(at("1.0", localImage(`${repository.uri}2@${digestOf("a")}`))).toBeUndefined();
  });
});

describe("preflight", () => {
  const build = { dockerfile: DOCKERFILE, context: "/shop/api", platforms: [] };

  it("asks everything at once, and nothing twice", async () => {
    rig.registry.addRepository("team/api");
    const begun = new Set<string>();
    const waiting: (() => void)[] = [];
    for (const calls of [rig.registry.calls, rig.engine.calls]) {
      calls.hold = (name) =>
        new Promise((resolve) => {
          begun.add(name);
          waiting.push(resolve);
          // Nobody is answered before all have asked.
          if (waiting.length >= 7) for (const answer of waiting) answer();
        });
    }
    const request = { ...requestOf(), tags: ["1.0"] };
    await preflight(rig.ports, request, build, signal);
    expect(begun).toEqual(
      new Set([
        "describe",
        "checkBuild",
        "fetchToken",
        "findRepository",
        "findImage",
        "checkBuilder",
        "probePush",
        "readDisk",
      ]),
    );
    expect(rig.registry.calls.names.toSorted()).toEqual([
      "fetchToken",
      "findImage",
      "findRepository",
      "probePush",
    ]);
  });

  it("asks for no tags of a repository that is to be created and is not there", async () => {
    const request = { ...requestOf(), create: { tagMutability: "mutable" } } as const;
    const { place } = await preflight(rig.ports, request, build, signal);
    expect(place).toBeUndefined();
    expect(rig.registry.calls.names.toSorted()).toEqual(["fetchToken", "findRepository"]);
  });

  it("goes where a template creates the repository, and only for its names", async () => {
    const tagMutability = { default: "immutable", exclusions: [] } as const;
    rig.registry.templates = [
      { prefix: "ROOT", isForPushes: false, tagMutability },
      { prefix: "team", isForPushes: true, tagMutability },
    ];
    const { place } = await preflight(rig.ports, requestOf(), build, signal);
    expect(place).toEqual({
      name: "team/api",
      uri: `${rig.registry.host}/team/api`,
      registryId: "123456789012",
      tagMutability,
      repository: undefined,
    });
    const other = { ...requestOf(), repository: "teams/api" };
    await expect(preflight(rig.ports, other, build, signal)).rejects.toMatchObject({
      failure: { kind: "repository-not-found", repository: "teams/api" },
    });
  });

  it("says that the repository is missing to those who may not read templates", async () => {
    const denied = { action: "x", resource: "y", principal: "z" };
    rig.registry.calls.plan("listCreationTemplates", () => {
      throw new EcrError({ kind: "access-denied", ...denied });
    });
    await expect(preflight(rig.ports, requestOf(), build, signal)).rejects.toMatchObject({
      failure: { kind: "repository-not-found" },
    });
  });

  it("ends what it still asks when one answer stands against the push", async () => {
    let stopped: AbortSignal | undefined;
    rig.registry.findRepository = (_, stop) => {
      stopped = stop;
      return new Promise(() => undefined);
    };
    const gone = new EcrError({ kind: "docker-unavailable", endpoint: "unix:///x", tried: [] });
    rig.engine.calls.plan("describe", () => {
      throw gone;
    });
    await expect(preflight(rig.ports, requestOf(), build, signal)).rejects.toBe(gone);
    expect(stopped?.aborted).toBe(true);
  });

  it("refuses platforms that can't run where the image is to run, asking nobody", async () => {
    const platforms = ["linux/amd64", "linux/arm64"];
    const request = { ...requestOf(), platforms, runsOn: "lambda-amd64" } as const;
    await expect(preflight(rig.ports, request, build, signal)).rejects.toMatchObject({
      failure: { kind: "run-target-unfit", misfit: { found: "platforms", platforms } },
    });
    expect(rig.registry.calls.names).toEqual([]);
  });
});

describe("the rights to push", () => {
  const denied = new EcrError({
    kind: "access-denied",
    action: "ecr:InitiateLayerUpload",
    resource: undefined,
    principal: undefined,
  });

  it("are asked for before the first build, which does not begin without them", async () => {
    rig.registry.addRepository("team/api");
    rig.registry.probePush = () => Promise.reject(denied);
    expect((await rig.push()).error).toBe(denied);
    expect(rig.engine.builds).toEqual([]);
  });

  it("are not asked for where a push has ended well, nor for what has yet to be made", async () => {
    rig.registry.addRepository("team/api");
    expect((await rig.push({ lastTookMs: 1000 })).error).toBeUndefined();
    const create = { tagMutability: "mutable" } as const;
    expect((await rig.push({ repository: "team/new", create })).error).toBeUndefined();
    expect(rig.registry.calls.names).not.toContain("probePush");
  });

  it("leave it to others to say that the repository is missing", async () => {
    expect((await rig.push()).error).toMatchObject({ failure: { kind: "repository-not-found" } });
  });
});

describe("an AWS session that ends", () => {
  const endsIn = (milliseconds: number, renewsItself = false): void => {
    const expiresAt = new Date(rig.registry.now().getTime() + milliseconds);
    rig.registry.session = { isThere: true, expiresAt, renewsItself, renewedBy: "sign-in" };
  };
  beforeEach(() => rig.registry.addRepository("team/api"));

  it("before the push is likely over is told before the build", async () => {
    endsIn(60_000);
    expect((await rig.push({ lastTookMs: 90_000 })).error).toMatchObject({
      failure: {
        kind: "session-too-short",
        profile: "dev",
        endsInMs: 60_000,
        lastTookMs: 90_000,
        renewedBy: "sign-in",
      },
    });
    expect(rig.engine.builds).toEqual([]);
    const anyway = { lastTookMs: 90_000, acceptsShortSession: true };
    expect((await rig.push(anyway)).error).toBeUndefined();
  });

  it.each([
    ["after the push", 91_000, false],
    ["and is renewed by itself", 1_000, true],
    ["has ended, which AWS says itself", -1, false],
  ])("%s is none of it", async (_, milliseconds, renewsItself) => {
    endsIn(milliseconds, renewsItself);
    expect((await rig.push({ lastTookMs: 90_000 })).error).toBeUndefined();
  });
});

describe("an engine whose disk is nearly full", () => {
  beforeEach(() => rig.registry.addRepository("team/api"));

  it("is told before the build begins", async () => {
    rig.engine.disk = { path: "/var/lib/docker", freeBytes: 1_234_567_890, totalBytes: 1e12 };
    const { events } = await rig.push();
    const types = events.map(({ type }) => type);
    const text = "the engine's disk has 1234 MB left (/var/lib/docker); a build may fill it";
    expect(events).toContainEqual({ type: "warning", text });
    expect(types.indexOf("warning")).toBeLessThan(types.lastIndexOf("phase"));
    rig.engine.disk = { ...rig.engine.disk, freeBytes: 5e9 };
    expect((await rig.push()).events.map(({ type }) => type)).not.toContain("warning");
  });

  it("that does not tell holds nothing up", async () => {
    rig.engine.calls.plan("readDisk", () => {
      throw new EcrError({ kind: "docker-failed", operation: "info", message: "no" });
    });
    expect((await rig.push()).error).toBeUndefined();
  });
});
