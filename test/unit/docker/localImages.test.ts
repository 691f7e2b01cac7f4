import { describe, expect, it } from "vitest";
import { describeEngine } from "../../../src/docker/describeEngine.js";
import { findLocalImage, listLocalImages } from "../../../src/docker/localImages.js";
import { startEngine } from "./answeringEngine.js";

const signal = AbortSignal.timeout(20_000);

describe("listLocalImages", () => {
  it("puts the newest first and leaves the names of dangling images out", async () => {
    const body = JSON.stringify([
      { Id: "sha256:1", RepoTags: ["a:1"], RepoDigests: null, Size: 5, Created: 100 },
      {
        Id: "sha256:2",
        RepoTags: ["<none>:<none>"],
        RepoDigests: ["<none>@<none>", "b@sha256:9"],
        Size: 6,
        Created: 200,
      },
    ]);
    const engine = await startEngine({ body });
    expect(await listLocalImages(engine.connection, signal)).toEqual([
      {
        id: "sha256:2",
        references: [],
        digests: ["b@sha256:9"],
        sizeBytes: 6,
        createdAt: new Date(200_000),
        platform: undefined,
      },
      {
        id: "sha256:1",
        references: ["a:1"],
        digests: [],
        sizeBytes: 5,
        createdAt: new Date(100_000),
        platform: undefined,
      },
    ]);
    expect(engine.requests[0]?.url).toBe("/images/json");
  });

  it("keeps the engine's words when it refuses", async () => {
    const engine = await startEngine({ status: 500, body: '{"message":"no room"}' });
    await expect(listLocalImages(engine.connection, signal)).rejects.toMatchObject({
      failure: { kind: "docker-failed", operation: "list images", message: "no room" },
    });
  });
});

describe("findLocalImage", () => {
  it("tells the platform with its variant", async () => {
    const fields = { Os: "linux", Architecture: "arm", Variant: "v7" };
    const body = JSON.stringify({ Id: "sha256:1", Created: "2026-01-02T03:04:05Z", ...fields });
    const engine = await startEngine({ body });
    expect(await findLocalImage(engine.connection, "h:1/a:b", signal)).toMatchObject({
      platform: "linux/arm/v7",
      createdAt: new Date("2026-01-02T03:04:05Z"),
    });
    expect(engine.requests[0]?.url).toBe("/images/h:1/a:b/json");
  });

  it("finds nothing where the engine has none", async () => {
    const engine = await startEngine({ status: 404, body: '{"message":"No such image: x"}' });
    expect(await findLocalImage(engine.connection, "x", signal)).toBeUndefined();
  });
});

describe("describeEngine", () => {
  const described = async (fields: object): Promise<string> => {
    const version = { Version: "1.2", Os: "linux", Arch: "arm64" };
    const engine = await startEngine({ body: JSON.stringify({ ...version, ...fields }) });
    const { name, ...others } = await describeEngine(engine.connection, {}, signal);
    expect(others).toEqual({
      version: "1.2",
      endpoint: `unix://${engine.socket}`,
      chosenBy: "test",
      platform: "linux/arm64",
      imageStore: "classic",
      reasonAgainstDirectPush: "it keeps images in the classic store",
    });
    return name;
  };

  it("knows Podman by its components, and else takes the platform's name", async () => {
    expect(await described({ Components: [{ Name: "Podman Engine" }] })).toBe("Podman Engine");
    const desktop = {
      Platform: { Name: "Docker Desktop 4.50.0" },
      Components: [{ Name: "Engine" }],
    };
    expect(await described(desktop)).toBe("Docker Desktop 4.50.0");
    expect(await described({ Platform: { Name: "" } })).toBe("Docker Engine");
  });
});
