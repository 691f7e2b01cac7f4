import { beforeEach, describe, expect, it } from "vitest";
import { buildImage } from "../../../../src/core/build/buildImage.js";
import { isCancellation } from "../../../../src/core/errors.js";
import { parseLocalName } from "../../../../src/core/imageReference.js";
import type { BuildRequest } from "../../../../src/core/enginePorts.js";
import type { PushEvent } from "../../../../src/core/push/pushImage.js";
import { DOCKERFILE, eventText, PushRig } from "../push/pushRig.js";

const GOLDEN = new URL("../../../fixtures/core/build.txt", import.meta.url).pathname;
const NAME = "docker.io/library/api:dev";
const request: BuildRequest = {
  dockerfile: DOCKERFILE,
  context: "/shop/api",
  platforms: [],
};

let rig: PushRig;
beforeEach(() => {
  rig = new PushRig();
});

async function build(change: Partial<BuildRequest> = {}): Promise<{
  events: PushEvent[];
  imageId: string | undefined;
  error: unknown;
}> {
  const events: PushEvent[] = [];
  const name = parseLocalName("api:dev");
  const stream = buildImage(rig.engine, { ...request, ...change }, name, rig.cancel.signal);
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) return { events, imageId: next.value.imageId, error: undefined };
      events.push(next.value);
    }
  } catch (error) {
    return { events, imageId: undefined, error };
  }
}

describe("buildImage", () => {
  it("says each step in order and names the image, asking nothing of a registry", async () => {
    const { events, imageId } = await build();
    await expect(eventText(events)).toMatchFileSnapshot(GOLDEN);
    expect(rig.engine.names).toEqual([[NAME, imageId]]);
    expect(rig.registry.calls.names).toEqual([]);
  });

  it("refuses several platforms where the engine builds one", async () => {
    const { error } = await build({ platforms: ["linux/amd64", "linux/arm64"] });
    expect(error).toMatchObject({ failure: { kind: "platforms-unsupported" } });
    expect(rig.engine.builds).toEqual([]);
  });

  it("refuses what the engine's builder lacks before it builds", async () => {
    rig.engine.reasonAgainstSecrets = "DOCKER_BUILDKIT is 0";
    const options = { secrets: { npm: () => Promise.resolve(new Uint8Array()) } };
    const { error } = await build({ options });
    expect(error).toMatchObject({ failure: { kind: "builder-lacks", feature: "secrets" } });
    expect(rig.engine.builds).toEqual([]);
  });

  it.each(["build", "build done", "tag", "tag done"])(
    "leaves the names as they were when it is cancelled at %s",
    async (call) => {
      rig.engine.load(["old"], NAME);
      const before = rig.engine.names;
      rig.engine.calls.plan(call, () => {
        rig.cancel.abort();
      });
      expect((await build()).error).toSatisfy(isCancellation);
      expect(rig.engine.names).toEqual(before);
    },
  );

  it("throws the failure and not what happens while it tidies", async () => {
    rig.engine.calls.plan("tag done", () => {
      rig.engine.calls.plan("untag", () => {
        throw new Error("engine is gone");
      });
      throw new Error("first");
    });
    const { events, error } = await build();
    expect(error).toMatchObject({ message: "first" });
    expect(events.at(-1)?.type).toBe("warning");
  });
});
