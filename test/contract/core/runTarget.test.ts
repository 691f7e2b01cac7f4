import { BatchGetImageCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DOCKER_MANIFEST } from "../../../src/core/push/runTarget.js";
import { ACCOUNT, REGION, SECRET, useLocalRegistry } from "../aws/localRegistry.js";
import { patience } from "../docker/engineUnderTest.js";
import { testEngines } from "../engines.js";
import { skipTest } from "../skipTest.js";
import { freshFiles, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();

/** Returns the media type of a tag's manifest as ECR holds it; undefined where there is none. */
async function mediaTypeInEcr(imageTag: string): Promise<string | undefined> {
  const client = new ECRClient({
    region: REGION,
    endpoint: here.local.origin,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
  });
  const command = { repositoryName: "team/api", imageIds: [{ imageTag }] };
  const { images } = await client.send(new BatchGetImageCommand(command));
  client.destroy();
  return images?.[0]?.imageManifestMediaType;
}

describe.each(await testEngines())(
  "where an image will run, with $label",
  ({ host, hasContainerdStore, kind }) => {
    let pipeline: Pipeline;
    beforeEach(() => {
      pipeline = new Pipeline(here, host);
    });
    afterEach(async () => {
      await pipeline.tidy();
    });

    it.each(["lambda-amd64", "sagemaker"] as const)(
      "is a single manifest of Docker's for %s, whatever compression is set",
      async (runsOn) => {
        const { platform } = await pipeline.engine.describe(patience);
        const more = { runsOn, platforms: [platform], compression: "zstd" } as const;
        const { pushed, failure } = await pipeline.push(await requestFor(freshFiles(), more));
        expect(failure).toBeUndefined();
        expect(pushed?.platforms).toEqual([platform]);
        expect(await mediaTypeInEcr("1.0")).toBe(DOCKER_MANIFEST);
      },
    );

    it("refuses what was built for another platform, before it is pushed", async (context) => {
      // There the build pushes by itself: the image is in ECR by the time that it is known.
      if (hasContainerdStore) skipTest(context, "this engine pushes while it builds");
      const { platform } = await pipeline.engine.describe(patience);
      const request = await requestFor(freshFiles(), { runsOn: "containers-arm64" });
      const { failure } = await pipeline.push(request);
      expect(failure).toEqual({
        kind: "run-target-unfit",
        name: "team/api:1.0",
        target: "containers-arm64",
        misfit: { found: "platforms", platforms: [platform] },
        isPushed: false,
      });
      expect(await mediaTypeInEcr("1.0")).toBeUndefined();
      expect(await pipeline.localNames()).toEqual([]);
    });

    it("is not claimed of an index that Lambda can't take", async (context) => {
      if (!hasContainerdStore) skipTest(context, `${kind} holds no index`);
      const platforms = ["linux/amd64", "linux/arm64"];
      const request = await requestFor(freshFiles(), { platforms });
      await pipeline.push(request);
      const [image = ""] = await pipeline.localNames();
      const source = { kind: "local-image", image } as const;
      const more = { source, platforms: [], tags: ["fn"], runsOn: "lambda-amd64" } as const;
      expect((await pipeline.push({ ...request, ...more })).failure).toEqual({
        kind: "run-target-unfit",
        name: "team/api:fn",
        target: "lambda-amd64",
        misfit: { found: "index" },
        isPushed: true,
      });
    });

    it("lets a template create the repository, and tells of it", async () => {
      await here.control.createOnPush({
        prefix: "made",
        tagMutability: "IMMUTABLE",
        account: ACCOUNT,
        region: REGION,
      });
      const more = { repository: "made/here", create: undefined };
      const request = await requestFor(freshFiles(), more);
      const { pushed, events, failure } = await pipeline.push(request);
      expect(failure).toBeUndefined();
      expect(pushed?.repository).toMatchObject({
        name: "made/here",
        tagMutability: { default: "immutable" },
      });
      expect(events).toContainEqual({ type: "repository-created", repository: pushed?.repository });
    });
  },
);
