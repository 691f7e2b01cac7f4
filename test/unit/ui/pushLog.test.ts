import { describe, expect, it } from "vitest";
import { PlainProgress } from "../../../src/core/build/plainProgress.js";
import { advance, pushNotBegun, toBuildEvents } from "../../../src/core/push/pushProgress.js";
import { pushLogLine } from "../../../src/ui/pushLog.js";
import { after } from "../../fakes/buildSays.js";
import { PushRig } from "../core/push/pushRig.js";

describe("the log of a push", () => {
  it("reads like the plain progress of a build", async () => {
    const rig = new PushRig();
    const { events } = await rig.push({ create: { tagMutability: "mutable" } });
    const plain = new PlainProgress();
    let progress = pushNotBegun;
    const lines = events.flatMap((event, index) => {
      const now = after(index);
      const own = pushLogLine(event);
      const steps = toBuildEvents(progress, event, now);
      progress = advance(progress, event, now);
      const written = steps.flatMap((step) => plain.push(step, now));
      return own === undefined ? written : [...written, ...plain.end(), own];
    });
    const golden = new URL("../../fixtures/ui/push-log.txt", import.meta.url).pathname;
    await expect([...lines, ...plain.end(), ""].join("\n")).toMatchFileSnapshot(golden);
  });

  it("leaves to the steps what is theirs", () => {
    expect(pushLogLine({ type: "log", text: "a" })).toBeUndefined();
    expect(pushLogLine({ type: "context", sentBytes: 1, files: 1 })).toBeUndefined();
  });
});
