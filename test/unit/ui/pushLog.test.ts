import { describe, expect, it } from "vitest";
import { pushLogLine } from "../../../src/ui/pushLog.js";
import { PushRig } from "../core/pushRig.js";

describe("pushLogLine", () => {
  it("writes a push as a log that people read", async () => {
    const rig = new PushRig();
    const { events } = await rig.push({ create: { tagMutability: "mutable" } });
    const lines = events.flatMap((event) => pushLogLine(event) ?? []);
    const golden = new URL("../../fixtures/ui/push-log.txt", import.meta.url).pathname;
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(golden);
  });

  it("marks warnings and takes the line ends off", () => {
    expect(pushLogLine({ type: "warning", text: "slow" })).toBe("warning: slow");
    expect(pushLogLine({ type: "log", text: "a \r\n" })).toBe("a");
  });

  it("leaves the bytes of running uploads out", () => {
    const layer = { type: "layer", id: "a", sentBytes: 1, totalBytes: 2, text: "Pushing" } as const;
    expect(pushLogLine({ ...layer, state: "uploading" })).toBeUndefined();
    expect(pushLogLine({ type: "context", sentBytes: 1, files: 1 })).toBeUndefined();
    expect(pushLogLine({ ...layer, state: "retrying", text: "Retrying" })).toBe("a: Retrying");
  });
});
