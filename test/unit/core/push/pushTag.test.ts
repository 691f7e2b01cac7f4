import { beforeEach, describe, expect, it } from "vitest";
import { EcrError, type Failure } from "../../../../src/core/errors.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { PushRig } from "./pushRig.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const BROKE_OFF: Failure = { kind: "registry-unavailable", host: HOST, message: "503" };
const UNREACHABLE: Failure = { kind: "registry-unreachable", host: HOST, message: "no such host" };
const WORDLESS: Failure = {
  kind: "access-denied",
  action: undefined,
  resource: undefined,
  principal: undefined,
};

let rig: PushRig;
beforeEach(() => {
  rig = new PushRig();
  rig.registry.addRepository("team/api");
});

/** Lets each try of the push fail, at its start or at its end. */
function failPushes(failures: readonly Failure[], at: "push" | "push done" = "push"): void {
  const [failure, ...others] = failures;
  if (failure === undefined) return;
  rig.engine.calls.plan(at, () => {
    failPushes(others, at);
    throw new EcrError(failure);
  });
}

function countTries(): number {
  return rig.engine.calls.names.filter((name) => name === "push").length;
}

describe("a push that the registry breaks off", () => {
  it("is tried again, with a pause before", async () => {
    failPushes([BROKE_OFF, BROKE_OFF]);
    const { pushed, events } = await rig.push();
    expect(pushed).toBeDefined();
    expect(rig.pauses).toEqual([1000, 3000]);
    expect(events.filter(({ type }) => type === "warning")).toHaveLength(2);
  });

  it("fails with its last failure when no try works", async () => {
    failPushes([BROKE_OFF, BROKE_OFF, { ...BROKE_OFF, message: "last" }]);
    const { error } = await rig.push();
    expect(error).toMatchObject({ failure: { kind: "registry-unavailable", message: "last" } });
    expect(countTries()).toBe(3);
  });

  it("is tried again only where the registry was reached before", async () => {
    failPushes([UNREACHABLE]);
    expect((await rig.push()).error).toMatchObject({ failure: UNREACHABLE });
    failPushes([UNREACHABLE], "push done");
    expect((await rig.push()).pushed).toBeDefined();
    expect(countTries()).toBe(3);
  });

  it.each(["unexpected EOF", "read: connection reset by peer", "write: broken pipe"])(
    "is tried again after %s, though the engine told no layer",
    async (message) => {
      failPushes([{ ...UNREACHABLE, message }]);
      expect((await rig.push()).pushed).toBeDefined();
      expect(countTries()).toBe(2);
    },
  );

  it("is tried again when a layer did not arrive", async () => {
    failPushes([{ kind: "layer-lost", reference: "x" }], "push done");
    expect((await rig.push()).pushed).toBeDefined();
    expect(countTries()).toBe(2);
  });

  it("ends when it is cancelled in the pause", async () => {
    failPushes([BROKE_OFF]);
    rig.onPause = (): void => {
      rig.cancel.abort();
    };
    expect((await rig.push()).error).toMatchObject({ name: "AbortError" });
    expect(countTries()).toBe(1);
  });
});

describe("a push that is refused without a word", () => {
  it("works with a new token, when that was it", async () => {
    failPushes([WORDLESS]);
    expect((await rig.push()).pushed).toBeDefined();
    expect(rig.registry.calls.names.filter((name) => name === "fetchToken")).toHaveLength(2);
  });

  it("is denied when a new token changes nothing", async () => {
    failPushes([WORDLESS, WORDLESS, WORDLESS]);
    expect((await rig.push()).error).toMatchObject({ failure: WORDLESS });
    expect(countTries()).toBe(2);
  });

  it("names the registry of a repository that went away", async () => {
    failPushes([{ kind: "repository-not-found", repository: "team/api", registryId: undefined }]);
    expect((await rig.push()).error).toMatchObject({
      failure: { kind: "repository-not-found", registryId: "123456789012" },
    });
  });

  it("names the tag that can't move, when ECR has it by now", async () => {
    rig.registry.addRepository("team/still", { default: "immutable", exclusions: [] });
    const failure: Failure = { kind: "push-failed", reference: "x", message: "400 Bad Request" };
    const request = { repository: "team/still" };
    failPushes([failure]);
    expect((await rig.push(request)).error).toMatchObject({ failure });
    rig.engine.calls.plan("push", () => {
      rig.registry.putImage("team/still", { digest: digestOf("rival"), tag: "1.0" });
      throw new EcrError(failure);
    });
    expect((await rig.push(request)).error).toMatchObject({
      failure: { kind: "tag-immutable", repository: "team/still", tag: "1.0" },
    });
  });
});
