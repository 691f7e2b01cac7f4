import { expect, it } from "vitest";
import { RedactedLog } from "../../../src/ui/redactedLog.js";
import { RecordingLog } from "../../fakes/recordingLog.js";

it("a log has no way past its redaction", () => {
  const inner = new RecordingLog();
  const log = new RedactedLog(inner, (text) => text.replaceAll("secret", "…"));
  const error = new Error("the secret");
  log.trace("a secret");
  log.debug("b secret");
  log.info("c secret");
  log.warn("d secret");
  log.error("e secret");
  log.error(error);
  log.append("f secret");
  log.appendLine("g secret");
  expect(inner.lines).toHaveLength(8);
  expect(inner.lines.join("\n")).not.toContain("secret");
  log.replace("h secret");
  expect(inner.lines).toEqual(["h …"]);
});
