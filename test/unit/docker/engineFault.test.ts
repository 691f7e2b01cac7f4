import { describe, expect, it } from "vitest";
import { toEngineFault } from "../../../src/docker/engineFault.js";

describe("toEngineFault", () => {
  it.each([
    "failed to copy files: copy file range failed: no space left on device",
    "failed to add snapshot ab to lease: write /var/lib/docker/buildkit/containerdmeta.db: no space left on device",
    "Error processing tar file(exit status 1): write /big: no space left on device",
    'building at STEP "COPY . /": storing "/big": write /var/lib/containers/big: disk quota exceeded',
  ])("says that the disk is full: %s", (message) => {
    expect(toEngineFault(message, "build")).toEqual({
      kind: "engine-disk-full",
      operation: "build",
    });
  });

  it("knows no other words", () => {
    expect(toEngineFault("no such image", "tag")).toBeUndefined();
  });
});
