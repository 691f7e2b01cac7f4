import { BatchGetImageCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";
import { ACCOUNT, REGION, SECRET, useLocalRegistry } from "../aws/localRegistry.js";
import { patience } from "../docker/engineUnderTest.js";
import { openEngine } from "../../machine/engineApi.js";
import { testEngines } from "../engines.js";
import { contextOf, digestInEcr, freshFiles, phasesOf, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();
const engines = await testEngines();
const able = engines.filter(({ hasContainerdStore }) => hasContainerdStore);
const BOTH = ["linux/amd64", "linux/arm64"];

/** What is read of a manifest or an index. */
interface Manifest {
  readonly mediaType: string;
  readonly layers?: readonly { readonly mediaType: string }[];
  readonly manifests?: readonly {
    readonly platform: { readonly os: string; readonly architecture: string };
  }[];
}

async function manifestInEcr(imageTag: string): Promise<Manifest> {
  const client = new ECRClient({
    region: REGION,
    endpoint: here.local.origin,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
  });
  const command = { repositoryName: "team/api", imageIds: [{ imageTag }] };
  const { images } = await client.send(new BatchGetImageCommand(command));
  client.destroy();
  return JSON.parse(images?.[0]?.imageManifest ?? "{}") as Manifest;
}

describe.skipIf(able.length === 0).each(able)(
  "a build that pushes (needs the containerd image store), with $label",
  ({ host }) => {
    let pipeline: Pipeline;
    beforeEach(() => {
      pipeline = new Pipeline(here, host);
    });
    afterEach(async () => {
      await pipeline.tidy();
      expect(pipeline.leaks()).toEqual([]);
    });

    it("pushes one manifest with gzip, and says how and why", async () => {
      const { events, pushed } = await pipeline.push(await requestFor(freshFiles()));
      expect(pushed?.platforms).toEqual([(await pipeline.engine.describe(patience)).platform]);
      const { mediaType, layers, manifests } = await manifestInEcr("1.0");
      expect(mediaType).toBe("application/vnd.docker.distribution.manifest.v2+json");
      expect(layers?.map((layer) => layer.mediaType)).toEqual([
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
      ]);
      expect(manifests).toBeUndefined();
      expect(events).toContainEqual({
        type: "log",
        text: "the engine builds and pushes in one with gzip: it keeps images in containerd",
      });
    });

    it("pushes zstd where that is chosen, of base images too, and the engine runs it", async () => {
      const Dockerfile = "FROM busybox:local\nCOPY file /\n";
      const request = await requestFor(freshFiles({ Dockerfile }), { compression: "zstd" });
      expect((await pipeline.push(request)).pushed).toBeDefined();
      const { mediaType, layers = [] } = await manifestInEcr("1.0");
      expect(mediaType).toBe("application/vnd.oci.image.manifest.v1+json");
      expect(layers.length).toBeGreaterThan(1);
      const types = new Set(layers.map((layer) => layer.mediaType));
      expect([...types]).toEqual(["application/vnd.oci.image.layer.v1.tar+zstd"]);
      const [name = ""] = await pipeline.localNames();
      const options = { HostConfig: { NetworkMode: "none" } };
      const program = { Image: name, Cmd: ["cat", "/file"], ...options };
      const container = await openEngine(host).createContainer(program);
      try {
        await container.start();
        expect(await container.wait()).toEqual({ StatusCode: 0 });
      } finally {
        await container.remove({ force: true });
      }
    });

    it("pushes several platforms as one index, under every tag", async () => {
      const tags = ["1.0", "latest"];
      const request = await requestFor(freshFiles(), { tags, platforms: BOTH });
      const { events, pushed } = await pipeline.push(request);
      expect(phasesOf(events)).toEqual(["preflight", "build", "push", "verify"]);
      expect(pushed?.platforms).toEqual(BOTH);
      expect(await digestInEcr(here, "latest")).toBe(pushed?.digest);
      const { manifests = [] } = await manifestInEcr("1.0");
      const platforms = manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`);
      // Attestations would stand here as platforms of their own.
      expect(platforms).toEqual(BOTH);
    });

    it("pushes a local index whole, with the engine's own push", async () => {
      const request = await requestFor(freshFiles(), { platforms: BOTH });
      const built = await pipeline.push(request);
      const [image = ""] = await pipeline.localNames();
      const source = { kind: "local-image", image } as const;
      const again = { ...request, source, platforms: [], tags: ["again"] };
      const { pushed } = await pipeline.push(again);
      expect(pushed?.digest).toBe(built.pushed?.digest);
      expect(pushed?.platforms).toEqual(BOTH);
    });

    it("pushes one foreign platform as one manifest", async () => {
      const request = await requestFor(freshFiles(), { platforms: ["linux/arm64"] });
      expect((await pipeline.push(request)).pushed?.platforms).toEqual(["linux/arm64"]);
      expect((await manifestInEcr("1.0")).manifests).toBeUndefined();
    });

    it("leaves the image that had the name, without a name, and no name of its own", async () => {
      await pipeline.push(await requestFor(freshFiles()));
      const [name = ""] = await pipeline.localNames();
      const before = await pipeline.engine.findImage(name, patience);
      await pipeline.push(await requestFor(freshFiles()));
      expect(await pipeline.localNames()).toEqual([name]);
      expect(await pipeline.engine.findImage(before?.id ?? "", patience)).toMatchObject({
        id: before?.id,
        references: [],
      });
    });

    it("says that the image was pushed where the registry refuses its cache alone", async () => {
      const cache = `${here.local.host}/not/there:cache`;
      const options = { cacheTo: [{ kind: "registry", reference: cache }] } as const;
      const request = await requestFor(freshFiles());
      const context = contextOf(request);
      const source = { kind: "dockerfile", dockerfile: `${context}/Dockerfile`, context } as const;
      const { failure } = await pipeline.push({ ...request, source: { ...source, options } });
      expect(failure).toMatchObject({
        kind: "cache-repository-not-found",
        reference: cache,
        isImagePushed: true,
      });
      expect(await digestInEcr(here, "1.0")).toMatch(/^sha256:/);
      expect((await pipeline.push(request)).pushed).toBeDefined();
    });

    it("pushes in two steps where the user wants the classic builder, and says so", async () => {
      const engine = new DockerEngine({
        environment: { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: "0" },
        homeFolder: "/nonexistent",
        platform: process.platform,
      });
      Object.assign(pipeline, { engine });
      const { events, pushed } = await pipeline.push(await requestFor(freshFiles()));
      expect(pushed).toBeDefined();
      expect(phasesOf(events)).toEqual(["preflight", "build", "tag", "push", "verify"]);
      expect(events).toContainEqual({
        type: "log",
        text: "the engine builds, then pushes with gzip: DOCKER_BUILDKIT is 0",
      });
      const several = await requestFor(freshFiles(), { platforms: BOTH });
      expect((await pipeline.push(several)).failure).toMatchObject({
        kind: "platforms-unsupported",
        reason: "DOCKER_BUILDKIT is 0",
      });
    });
  },
);

const unable = engines.filter(({ hasContainerdStore }) => !hasContainerdStore);
describe.skipIf(unable.length === 0).each(unable)(
  "several platforms without the containerd image store, with $label",
  ({ host }) => {
    it("are refused before anything is created or sent", async () => {
      const pipeline = new Pipeline(here, host);
      const request = await requestFor(freshFiles(), { platforms: BOTH });
      expect((await pipeline.push(request)).failure).toEqual({
        kind: "platforms-unsupported",
        platforms: BOTH,
        reason: "it keeps images in the classic store",
        imageStore: "classic",
      });
      expect(await here.countOf("CreateRepository")).toBe(0);
      const sent = (await here.control.requests()).filter(({ path }) => path !== "/");
      expect(sent).toEqual([]);
    });
  },
);
