import { statfs } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";
import { openEngine } from "../../machine/engineApi.js";
import { testEngines } from "../engines.js";
import { patience } from "./engineUnderTest.js";

describe.each(await testEngines())("inspect, with $label", ({ host, hasBuildKit }) => {
  const engine = (more: NodeJS.ProcessEnv = {}): DockerEngine =>
    new DockerEngine({
      environment: { ...process.env, ...more, DOCKER_HOST: host },
      homeFolder: "/nonexistent",
      platform: process.platform,
    });

  it("says whether builds use BuildKit, and why not", async () => {
    const { reasonAgainstBuildKit: reason } = await engine().inspect(patience);
    expect(reason === undefined).toBe(hasBuildKit);
    const wish = await engine({ DOCKER_BUILDKIT: "0" }).inspect(patience);
    expect(wish.reasonAgainstBuildKit).toBe("DOCKER_BUILDKIT is 0");
  });

  it("reads the disk where the engine keeps images", async () => {
    const disk = await engine().readDisk(patience);
    const { DockerRootDir } = (await openEngine(host).info()) as { DockerRootDir: string };
    const { blocks, bsize } = await statfs(DockerRootDir);
    expect(disk).toMatchObject({ path: DockerRootDir, totalBytes: blocks * bsize });
    expect(disk?.freeBytes).toBeGreaterThan(0);
  });
});
