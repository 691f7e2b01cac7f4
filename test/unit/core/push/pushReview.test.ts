import { beforeEach, describe, expect, it } from "vitest";
import { buildImage } from "../../../../src/core/build/buildImage.js";
import type { ReviewContext } from "../../../../src/core/context/contextReview.js";
import { cancellation, isCancellation } from "../../../../src/core/errors.js";
import { parseLocalName } from "../../../../src/core/imageReference.js";
import type { BuildRequest } from "../../../../src/core/enginePorts.js";
import { PushRig } from "./pushRig.js";

let rig: PushRig;
/** What was asked to be looked at. */
let seen: BuildRequest[];
/** Images that were asked for when the look ended. */
let builtBefore: number | undefined;

beforeEach(() => {
  rig = new PushRig();
  seen = [];
  builtBefore = undefined;
});

/** A user who looks at the context, and then sends it or not. */
function lookingUser(sends: boolean): ReviewContext {
  return (build) => {
    seen.push(build);
    return () => {
      builtBefore = rig.engine.builds.length;
      return sends ? Promise.resolve() : Promise.reject(cancellation());
    };
  };
}

describe("a look at the context", () => {
  it("begins with the preflight and ends before the build", async () => {
    rig.reviewContext = lookingUser(true);
    rig.registry.addRepository("team/api");
    const { pushed } = await rig.push({}, (event) => {
      if (event.type === "engine") expect(seen).toHaveLength(1);
    });
    expect(pushed?.tags).toEqual(["1.0"]);
    expect(seen).toMatchObject([{ context: "/shop/api" }]);
    expect(builtBefore).toBe(0);
  });

  it("cancels a push whose context the user does not send", async () => {
    rig.reviewContext = lookingUser(false);
    rig.registry.addRepository("team/api");
    const { error } = await rig.push();
    expect(isCancellation(error)).toBe(true);
    expect(rig.engine.builds).toEqual([]);
  });

  it("is not taken for an image that is built already", async () => {
    rig.reviewContext = lookingUser(false);
    rig.registry.addRepository("team/api");
    rig.engine.load(["a"], "docker.io/library/api:dev");
    const source = { kind: "local-image", image: "docker.io/library/api:dev" } as const;
    expect((await rig.push({ source })).error).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it.each([true, false])(
    "comes before a build without a push as well (sends: %s)",
    async (sends) => {
      const request = { dockerfile: "/shop/api/Dockerfile", context: "/shop/api" };
      const build = { ...request, platforms: [] };
      const name = parseLocalName("api:dev");
      const stream = buildImage(rig.engine, build, name, rig.cancel.signal, lookingUser(sends));
      const run = async (): Promise<void> => {
        while (!(await stream.next()).done);
      };
      if (sends) await run();
      else await expect(run()).rejects.toMatchObject({ name: "AbortError" });
      expect(builtBefore).toBe(0);
      expect(rig.engine.builds).toHaveLength(sends ? 1 : 0);
    },
  );
});
