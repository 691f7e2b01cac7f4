import { beforeEach, describe, expect, it } from "vitest";
import { EcrError, isCancellation } from "../../../../src/core/errors.js";
import { pushImage } from "../../../../src/core/push/pushImage.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { PushRig, requestOf } from "./pushRig.js";

const URI = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api";
const OLD = digestOf('["old"]');
const BUILT = digestOf('["base","app"]');

let rig: PushRig;
beforeEach(() => {
  rig = new PushRig();
  rig.engine.imageStore = "containerd";
  rig.registry.addRepository("team/api");
});

function phases(events: readonly { type: string }[]): string[] {
  return events.flatMap((event) => ("phase" in event ? [String(event.phase)] : []));
}

describe("pushImage on an engine whose builds push", () => {
  it("says when the build begins to push, and names every tag", async () => {
    const { events, pushed } = await rig.push({ tags: ["1.0", "latest"] });
    expect(phases(events)).toEqual(["preflight", "build", "push", "verify"]);
    expect(events.filter(({ type }) => type === "pushing")).toHaveLength(2);
    expect(pushed).toMatchObject({ digest: digestOf(`manifest of ${BUILT}`), wasThere: false });
    expect(rig.engine.names).toEqual([
      [`${URI}:1.0`, BUILT],
      [`${URI}:latest`, BUILT],
    ]);
    expect(rig.engine.calls.names).not.toContain("push");
  });

  it("tells the platforms of an index", async () => {
    const platforms = ["linux/amd64", "linux/arm64"];
    expect((await rig.push({ platforms })).pushed?.platforms).toEqual(platforms);
    expect(rig.engine.builds[0]?.platforms).toEqual(platforms);
  });

  it("succeeds although the engine can't tell the platforms of the index", async () => {
    rig.engine.calls.plan("listPlatforms", () => {
      throw new Error("the engine is gone");
    });
    const { events, pushed } = await rig.push({ platforms: ["linux/amd64", "linux/arm64"] });
    expect(pushed?.platforms).toEqual(["linux/amd64"]);
    expect(events.at(-1)).toMatchObject({ type: "warning" });
  });

  it("leaves an image that loses its last name in the engine, and no name more", async () => {
    rig.engine.load(["old"], `${URI}:1.0`);
    await rig.push();
    expect(rig.engine.names).toEqual([[`${URI}:1.0`, BUILT]]);
    expect(await rig.engine.findImage(OLD, rig.cancel.signal)).toMatchObject({ references: [] });
  });

  it("lets the engine push with a new token when the registry refuses the first", async () => {
    const { events, pushed } = await rig.push({}, (event) => {
      if (event.type === "pushing") rig.registry.expireTokens();
    });
    expect(pushed).toBeDefined();
    expect(events.filter(({ type }) => type === "warning")).toHaveLength(1);
    expect(rig.registry.calls.names.filter((name) => name === "fetchToken")).toHaveLength(2);
    expect(rig.engine.names).toEqual([[`${URI}:1.0`, BUILT]]);
  });
});

describe("a build that pushes takes its names back", () => {
  const before = [
    [`${URI}:1.0`, OLD],
    [`${URI}:latest`, OLD],
  ];
  beforeEach(() => {
    rig.engine.load(["old"], `${URI}:1.0`, `${URI}:latest`);
  });

  it.each(["findImage", "tag", "build", "build done", "buildAndPush", "buildAndPush done"])(
    "when it is cancelled at the engine's %s",
    async (call) => {
      rig.engine.calls.plan(call, () => {
        rig.cancel.abort();
      });
      const { error } = await rig.push({ tags: ["1.0", "latest", "new"] });
      expect(isCancellation(error)).toBe(true);
      expect(rig.engine.names).toEqual(before);
    },
  );

  it.each(["push", "verify"])("when it is cancelled at %s", async (phase) => {
    const { error } = await rig.push({ tags: ["1.0", "latest", "new"] }, (event) => {
      if (event.type === "phase" && event.phase === phase) rig.cancel.abort();
    });
    expect(isCancellation(error)).toBe(true);
    expect(rig.engine.names).toEqual(before);
  });

  it("when the push fails", async () => {
    const failure = { kind: "registry-unreachable", host: "h", message: "EOF" } as const;
    rig.engine.calls.plan("buildAndPush done", () => {
      throw new EcrError(failure);
    });
    const { error } = await rig.push({ tags: ["1.0", "latest", "new"] });
    expect(error).toMatchObject({ failure });
    expect(rig.engine.names).toEqual(before);
  });

  it("when the listener leaves", async () => {
    const request = { ...requestOf(), tags: ["1.0", "latest", "new"] };
    for await (const event of pushImage(rig.ports, request, rig.cancel.signal)) {
      if (event.type === "pushing") break;
    }
    expect(rig.engine.names).toEqual(before);
  });

  it("and keeps the image under another name where its own can't be given back", async () => {
    rig.engine.calls.plan("buildAndPush done", () => {
      rig.engine.calls.plan("tag", () => {
        throw new Error("no");
      });
      rig.cancel.abort();
    });
    const { events } = await rig.push({ tags: ["1.0"] });
    expect(events.at(-1)).toMatchObject({ type: "warning" });
    expect(await rig.engine.findImage(OLD, AbortSignal.timeout(1000))).toBeDefined();
  });
});
