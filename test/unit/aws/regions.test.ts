import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { resolveRegion } from "../../../src/aws/regions.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";

let files: AwsFiles;
beforeEach(() => (files = makeAwsFiles()));
afterEach(() => {
  files.remove();
});

const none = { region: undefined, profile: undefined };

describe("resolveRegion", () => {
  it("goes from the choice to the environment to the profile", async () => {
    files.write("[default]\nregion = eu-north-1\n[profile dev]\nregion = eu-south-1\n");
    expect(await resolveRegion(none)).toBe("eu-north-1");
    expect(await resolveRegion({ ...none, profile: "dev" })).toBe("eu-south-1");
    vi.stubEnv("AWS_PROFILE", "dev");
    expect(await resolveRegion(none)).toBe("eu-south-1");
    vi.stubEnv("AWS_DEFAULT_REGION", "us-west-2");
    expect(await resolveRegion(none)).toBe("us-west-2");
    vi.stubEnv("AWS_REGION", "us-east-2");
    expect(await resolveRegion({ ...none, profile: "dev" })).toBe("us-east-2");
    expect(await resolveRegion({ ...none, region: "sa-east-1" })).toBe("sa-east-1");
  });

  it("takes empty variables as not set", async () => {
    files.write("[default]\nregion = eu-north-1\n");
    vi.stubEnv("AWS_REGION", "");
    vi.stubEnv("AWS_DEFAULT_REGION", "");
    expect(await resolveRegion({ region: "", profile: "" })).toBe("eu-north-1");
  });

  it("says which profile has no region", async () => {
    files.write("[profile dev]\noutput = json\n");
    await expect(resolveRegion({ ...none, profile: "dev" })).rejects.toMatchObject({
      failure: { kind: "region-missing", profile: "dev" },
    });
    await expect(resolveRegion(none)).rejects.toMatchObject({
      failure: { kind: "region-missing", profile: undefined },
    });
  });

  it.each(["eu/west", "EU-WEST-1", "eu-west-1.example.com"])("rejects %s", async (region) => {
    await expect(resolveRegion({ ...none, region })).rejects.toMatchObject({
      failure: { kind: "invalid-input", field: "region", value: region },
    });
  });
});
