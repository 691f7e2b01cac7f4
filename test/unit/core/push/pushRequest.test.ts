import { describe, expect, it } from "vitest";
import { type PushRequest, validate } from "../../../../src/core/push/pushRequest.js";
import { requestOf } from "./pushRig.js";

describe("validate", () => {
  it.each<Partial<PushRequest>>([
    {},
    { tags: ["1.0", "latest"] },
    { platforms: ["linux/arm64"] },
    { source: { kind: "local-image", image: "sha256:0" } },
    { create: { tagMutability: "immutable" } },
  ])("takes %j", (change) => {
    expect(() => {
      validate({ ...requestOf(), ...change });
    }).not.toThrow();
  });

  it.each<[Partial<PushRequest>, string, string]>([
    [{ repository: "A" }, "repository", "A"],
    [{ repository: "" }, "repository", ""],
    [{ tags: [] }, "tag", ""],
    [{ tags: ["ok", "not ok"] }, "tag", "not ok"],
    [{ platforms: [""] }, "platform", ""],
    [{ platforms: ["linux/amd64", "linux"] }, "platform", "linux"],
    // The first that breaks a rule is the one told.
    [{ repository: "A", tags: ["not ok"], platforms: ["x"] }, "repository", "A"],
  ])("refuses %j for its %s", (change, field, value) => {
    expect(() => {
      validate({ ...requestOf(), ...change });
    }).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({ kind: "invalid-input", field, value }) as unknown,
      }),
    );
  });
});
