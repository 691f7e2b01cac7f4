import { BatchGetImageCommand, ECRClient, type ImageIdentifier } from "@aws-sdk/client-ecr";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attestations } from "../../../src/core/build/attestations.js";
import { ACCOUNT, REGION, SECRET, useLocalRegistry } from "../aws/localRegistry.js";
import { buildOf, collect, engineAt, makeFolder, patience } from "../docker/engineUnderTest.js";
import { testEngines } from "../engines.js";
import { skipWithout } from "../skipTest.js";
import { contextOf, freshFiles, Pipeline, requestFor } from "./pipeline.js";

/** What BuildKit scans with unless it is told otherwise; here a program that lists one package. */
const SCANNER = "docker/buildkit-syft-scanner:stable-1";
const SPDX = JSON.stringify({
  _type: "https://in-toto.io/Statement/v0.1",
  predicateType: "https://spdx.dev/Document",
  predicate: { spdxVersion: "SPDX-2.3", packages: [{ name: "only-package" }] },
});
const SCANNER_FILES = {
  Dockerfile: `FROM busybox:local\nCOPY list.json /\nENTRYPOINT ["sh", "-c", "cp /list.json $BUILDKIT_SCAN_DESTINATION/list.spdx.json"]\n`,
  "list.json": SPDX,
};

const here = useLocalRegistry();
const able = (await testEngines()).filter(({ hasContainerdStore }) => hasContainerdStore);

/** What is read of a manifest or an index. */
interface Manifest {
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform: { readonly os: string };
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
  readonly layers?: readonly { readonly annotations?: Readonly<Record<string, string>> }[];
}

async function read(id: ImageIdentifier): Promise<Manifest> {
  const client = new ECRClient({
    region: REGION,
    endpoint: here.local.origin,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
  });
  const command = { repositoryName: "team/api", imageIds: [id] };
  const { images } = await client.send(new BatchGetImageCommand(command));
  client.destroy();
  return JSON.parse(images?.[0]?.imageManifest ?? "{}") as Manifest;
}

/** Names what is attached to the image of a tag. */
async function attachedTo(imageTag: string): Promise<readonly (string | undefined)[]> {
  const { manifests = [] } = await read({ imageTag });
  const attached = manifests.filter(
    ({ annotations }) => annotations?.["vnd.docker.reference.type"] === "attestation-manifest",
  );
  const manifestsOfThem = await Promise.all(
    attached.map(({ digest }) => read({ imageDigest: digest })),
  );
  return manifestsOfThem.flatMap(({ layers = [] }) =>
    layers.map(({ annotations }) => annotations?.["in-toto.io/predicate-type"]),
  );
}

skipWithout(able, "only the containerd image store keeps attestations");

describe.each(able)("attestations (need the containerd image store), with $label", ({ host }) => {
  let pipeline: Pipeline;
  beforeEach(() => {
    pipeline = new Pipeline(here, host);
  });
  afterEach(() => pipeline.tidy());

  async function push(attestations: Attestations): ReturnType<Pipeline["push"]> {
    const request = await requestFor(freshFiles({ Dockerfile: "FROM scratch\nCOPY file /\n" }));
    const context = contextOf(request);
    const source = { kind: "dockerfile", dockerfile: `${context}/Dockerfile`, context } as const;
    return pipeline.push({ ...request, source: { ...source, options: { attestations } } });
  }

  it("are in ECR with the image, whose platforms they are none of", async () => {
    const { pushed } = await push({ provenance: "min" });
    expect(await attachedTo("1.0")).toEqual([
      expect.stringContaining("slsa.dev/provenance") as string,
    ]);
    expect(pushed?.platforms).toEqual([(await pipeline.engine.describe(patience)).platform]);
  });

  it("list the software with BuildKit's scanner", async () => {
    const scanner = await makeFolder(SCANNER_FILES);
    const { result } = await collect(engineAt(host).build(buildOf(scanner), patience));
    const reference = { host: "docker.io", repository: SCANNER.split(":")[0] ?? "" };
    const named = { ...reference, tag: "stable-1", digest: undefined };
    await pipeline.engine.tag(result.imageId, named, patience);
    try {
      const { failure } = await push({ sbom: true });
      // Engines of tests have no network, and the scanner's step gets one in any case.
      if (failure) {
        const message = /BUILDKIT_SCAN_DESTINATION.*network bridge not found/s;
        expect(failure).toMatchObject({ kind: "build-failed" });
        expect(JSON.stringify(failure)).toMatch(message);
      } else {
        expect(await attachedTo("1.0")).toEqual(["https://spdx.dev/Document"]);
      }
    } finally {
      await pipeline.engine.untag(named, patience);
    }
  });

  it("are none unless somebody asks", async () => {
    expect((await push({})).pushed).toBeDefined();
    expect((await read({ imageTag: "1.0" })).manifests).toBeUndefined();
  });
});
