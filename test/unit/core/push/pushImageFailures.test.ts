import { beforeEach, describe, expect, it } from "vitest";
import { EcrError, type Failure, isCancellation } from "../../../../src/core/errors.js";
import { pushImage, type PushPhase } from "../../../../src/core/push/pushImage.js";
import type { PushRequest } from "../../../../src/core/push/pushRequest.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { DOCKERFILE, PushRig, requestOf } from "./pushRig.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const URI = `${HOST}/team/api`;
const PHASES: readonly PushPhase[] = ["preflight", "build", "tag", "push", "verify"];

let rig: PushRig;
beforeEach(() => {
  rig = new PushRig();
});

async function failureOf(request: Partial<PushRequest> = {}): Promise<Failure | undefined> {
  const { error } = await rig.push(request);
  return error instanceof EcrError ? error.failure : undefined;
}

/** Prepares names of an earlier image, of which the push moves one and makes another. */
function prepareNames(): readonly (readonly [string, string])[] {
  rig.registry.addRepository("team/api");
  rig.engine.load(["old"], `${URI}:latest`, "docker.io/library/keep:1");
  return rig.engine.names;
}

describe("pushImage refuses before it builds", () => {
  it.each<[string, Partial<PushRequest>, string]>([
    ["a repository name", { repository: "Team/Api" }, "repository"],
    ["a tag", { tags: ["1.0", "-x"] }, "tag"],
    ["no tag at all", { tags: [] }, "tag"],
    ["a platform", { platforms: ["amd64"] }, "platform"],
  ])("%s that is not valid, asking nobody", async (_, request, field) => {
    expect(await failureOf(request)).toMatchObject({ kind: "invalid-input", field });
    expect([...rig.engine.calls.names, ...rig.registry.calls.names]).toEqual([]);
  });

  it("several platforms where the engine builds one", async () => {
    const platforms = ["linux/amd64", "linux/arm64"];
    expect(await failureOf({ platforms })).toEqual({
      kind: "platforms-unsupported",
      platforms,
      reason: "it keeps images in the classic store",
      imageStore: "classic",
    });
    expect(rig.engine.builds).toEqual([]);
  });

  it("what the engine's builder lacks, creating no repository", async () => {
    rig.engine.reasonAgainstSecrets = "DOCKER_BUILDKIT is 0";
    const options = { secrets: { npm: () => Promise.resolve(new Uint8Array()) } };
    const source = { kind: "dockerfile", dockerfile: DOCKERFILE, context: "/", options } as const;
    const create = { tagMutability: "mutable" } as const;
    expect(await failureOf({ source, create })).toEqual({
      kind: "builder-lacks",
      feature: "secrets",
      reason: "DOCKER_BUILDKIT is 0",
    });
    expect(rig.engine.builds).toEqual([]);
    expect(rig.registry.calls.names).not.toContain("createRepository");
  });

  it("a repository that does not exist and is not to be created", async () => {
    expect(await failureOf()).toEqual({
      kind: "repository-not-found",
      repository: "team/api",
      registryId: undefined,
    });
    expect(rig.engine.builds).toEqual([]);
  });

  it("an immutable tag of another image, the second of two as well", async () => {
    rig.registry.addRepository("team/api", { default: "immutable", exclusions: ["dev-*"] });
    rig.registry.putImage("team/api", { digest: digestOf("a"), tag: "1.0" });
    rig.registry.putImage("team/api", { digest: digestOf("a"), tag: "dev-1" });
    const failure = { kind: "tag-immutable", repository: "team/api", tag: "1.0" };
    expect(await failureOf({ tags: ["dev-1", "1.0"] })).toEqual(failure);
    expect(rig.engine.builds).toEqual([]);
    expect((await rig.push({ tags: ["dev-1", "2.0"] })).pushed?.tags).toEqual(["dev-1", "2.0"]);
  });

  it("a local image that is not there", async () => {
    rig.registry.addRepository("team/api");
    const source = { kind: "local-image", image: "gone:1" } as const;
    const failure = { kind: "image-not-found", reference: "gone:1" };
    expect(await failureOf({ source, create: { tagMutability: "mutable" } })).toEqual(failure);
  });

  it("a Dockerfile that is missing, leaving no name", async () => {
    const before = prepareNames();
    const source = { kind: "dockerfile", dockerfile: "/none", context: "/" } as const;
    expect(await failureOf({ source })).toMatchObject({ kind: "dockerfile-unreadable" });
    expect(rig.engine.names).toEqual(before);
    expect(
      (await rig.push({ source: { ...source, dockerfile: DOCKERFILE } })).pushed,
    ).toBeDefined();
  });
});

describe("pushImage takes its names back", () => {
  it.each(PHASES)("when it is cancelled at the start of %s", async (phase) => {
    const before = prepareNames();
    const { error } = await rig.push({ tags: ["1.0", "latest"] }, (event) => {
      if (event.type === "phase" && event.phase === phase) rig.cancel.abort();
    });
    expect(isCancellation(error)).toBe(true);
    expect(rig.engine.names).toEqual(before);
  });

  it.each(["build", "build done", "tag", "tag done", "push", "push done"])(
    "when it is cancelled at the engine's %s",
    async (call) => {
      const before = prepareNames();
      rig.engine.calls.plan(call, () => {
        rig.cancel.abort();
      });
      const { error } = await rig.push({ tags: ["1.0", "latest"] });
      expect(isCancellation(error)).toBe(true);
      expect(rig.engine.names).toEqual(before);
    },
  );

  it("when it is cancelled amid a layer", async () => {
    const before = prepareNames();
    const { error } = await rig.push({ tags: ["latest"] }, (event) => {
      if (event.type === "layer" && event.state === "uploading") rig.cancel.abort();
    });
    expect(isCancellation(error)).toBe(true);
    expect(rig.engine.names).toEqual(before);
  });

  it("when it is cancelled while ECR shows the image late", async () => {
    const before = prepareNames();
    rig.onPause = () => {
      rig.cancel.abort();
    };
    const { error } = await rig.push({ tags: ["1.0", "latest"] }, (event) => {
      if (event.type === "phase" && event.phase === "verify") rig.registry.hideImages(1);
    });
    expect(rig.pauses).toEqual([500]);
    expect(isCancellation(error)).toBe(true);
    expect(rig.engine.names).toEqual(before);
  });

  it.each(["build", "tag", "tag done", "push"])("when the engine's %s fails", async (call) => {
    const before = prepareNames();
    const broken = new EcrError({ kind: "docker-failed", operation: call, message: "disk full" });
    rig.engine.calls.plan(call, () => {
      throw broken;
    });
    const { error } = await rig.push({ tags: ["1.0", "latest"] });
    expect(error).toBe(broken);
    expect(rig.engine.names).toEqual(before);
  });

  it("when the listener leaves", async () => {
    const before = prepareNames();
    const request = { ...requestOf(), tags: ["1.0", "latest"] };
    for await (const event of pushImage(rig.ports, request, rig.cancel.signal)) {
      if (event.type === "pushing") break;
    }
    expect(rig.engine.names).toEqual(before);
  });

  it("and says which it can't take back, the first failure still being the one thrown", async () => {
    prepareNames();
    rig.engine.calls.plan("push", () => {
      rig.engine.calls.plan("untag", () => {
        throw new Error("engine is gone");
      });
      throw new EcrError({ kind: "push-failed", reference: `${URI}:1.0`, message: "no" });
    });
    const { events, error } = await rig.push({ tags: ["1.0", "latest"] });
    expect(error).toMatchObject({ failure: { kind: "push-failed" } });
    expect(events.at(-1)).toEqual({
      type: "warning",
      text: `the local name ${URI}:1.0 stays: Error: engine is gone`,
    });
    // The other name is back where it was all the same.
    expect(rig.engine.names).toContainEqual([`${URI}:latest`, digestOf('["old"]')]);
  });

  it("but not the last name of an image that had none, which would be lost", async () => {
    rig.registry.addRepository("team/api");
    const image = rig.engine.load(["mine"]);
    rig.engine.calls.plan("push", () => {
      rig.cancel.abort();
    });
    const { events, error } = await rig.push({ source: { kind: "local-image", image } });
    expect(isCancellation(error)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "warning" });
    const { signal } = new AbortController();
    expect(await rig.engine.findImage(image, signal)).toMatchObject({ references: [`${URI}:1.0`] });
  });

  it("and then works on a second try", async () => {
    prepareNames();
    rig.engine.calls.plan("push", () => {
      throw new EcrError({ kind: "registry-unreachable", host: HOST, message: "no such host" });
    });
    expect(await failureOf()).toMatchObject({ kind: "registry-unreachable" });
    expect((await rig.push()).pushed?.wasThere).toBe(false);
  });
});

describe("pushImage does not claim what it has not seen", () => {
  it("fails when ECR shows another digest", async () => {
    const before = prepareNames();
    rig.engine.calls.plan("push done", () => {
      rig.registry.putImage("team/api", { digest: digestOf("theirs"), tag: "1.0" });
    });
    const digest = digestOf(`manifest of ${digestOf('["base","app"]')}`);
    expect(await failureOf()).toEqual({
      kind: "push-unverified",
      reference: `${URI}:1.0`,
      digest,
    });
    expect(rig.pauses).toEqual([500, 1500, 3000]);
    expect(rig.engine.names).toEqual(before);
  });

  it("fails when only one of two tags shows the digest", async () => {
    prepareNames();
    const { error } = await rig.push({ tags: ["1.0", "latest"] }, (event) => {
      if (event.type !== "phase" || event.phase !== "verify") return;
      rig.registry.putImage("team/api", { digest: digestOf("theirs"), tag: "latest" });
    });
    expect(error).toMatchObject({
      failure: { kind: "push-unverified", reference: `${URI}:latest` },
    });
  });

  it("fails when the tag was moved by another while nothing had to be pushed", async () => {
    prepareNames();
    await rig.push();
    const { error } = await rig.push({}, (event) => {
      if (event.type !== "phase" || event.phase !== "tag") return;
      rig.registry.putImage("team/api", { digest: digestOf("theirs"), tag: "1.0" });
    });
    expect(error).toMatchObject({ failure: { kind: "push-unverified" } });
  });
});
