import { CreateRepositoryCommand, DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../localEcr/digest.js";
import { mediaTypes } from "../../localEcr/mediaTypes.js";
import { RunningEcr } from "./runningEcr.js";

const run = promisify(execFile);

/** Machines that can't have skopeo name it here; everywhere else its absence is a failure. */
const without = (process.env["ECR_TEST_WITHOUT"] ?? "").split(",").includes("skopeo");

describe.skipIf(without)("skopeo (left out only where ECR_TEST_WITHOUT names it)", () => {
  let ecr: RunningEcr;
  let folder: string;
  let password: string;

  beforeAll(async () => {
    ecr = await RunningEcr.start();
    folder = await mkdtemp(join(tmpdir(), "local-ecr-skopeo-"));
    password = await ecr.password();
    await writeCredentialHelper();
    await writeFile(
      join(folder, "policy.json"),
      JSON.stringify({ default: [{ type: "insecureAcceptAnything" }] }),
    );
    await writeLayout(join(folder, "layout"));
    for (const repositoryName of ["skopeo/app", "skopeo/copy"]) {
      await ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
    }
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await ecr.stop();
  });

  /** Lets skopeo ask a helper for the password, which is then neither in argv nor on disk. */
  async function writeCredentialHelper(): Promise<void> {
    const auth = { credHelpers: { [ecr.host]: "local-ecr" } };
    await writeFile(join(folder, "auth.json"), JSON.stringify(auth));
    const answer = `{"ServerURL":"${ecr.host}","Username":"AWS","Secret":"%s"}`;
    const script = `#!/bin/sh\nprintf '${answer}' "$LOCAL_ECR_PASSWORD"\n`;
    await writeFile(join(folder, "docker-credential-local-ecr"), script, { mode: 0o700 });
  }

  async function skopeo(...args: string[]): Promise<string> {
    const options = ["--policy", join(folder, "policy.json")];
    const { stdout } = await run("skopeo", [...options, ...args], {
      env: {
        ...process.env,
        PATH: `${folder}:${process.env["PATH"] ?? ""}`,
        REGISTRY_AUTH_FILE: join(folder, "auth.json"),
        LOCAL_ECR_PASSWORD: password,
      },
    }).catch((error: unknown) => {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "ENOENT") throw error;
      throw new Error("skopeo is missing; on Debian: apt-get install skopeo", { cause: error });
    });
    return stdout;
  }

  test("an index with all its images goes in, is described, and comes back the same", async () => {
    const target = `docker://${ecr.host}/skopeo/app:multi`;
    const layout = join(folder, "layout");
    await skopeo("copy", "--all", "--dest-tls-verify=false", `oci:${layout}:multi`, target);
    const raw = await skopeo("inspect", "--raw", "--tls-verify=false", target);
    const index = JSON.parse(raw) as { manifests: { digest: string }[] };
    expect(index.manifests).toHaveLength(2);
    const { imageDetails } = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName: "skopeo/app" }));
    expect(imageDetails?.map((image) => image.imageDigest).toSorted()).toEqual(
      [...index.manifests.map((each) => each.digest), digestOf(raw)].toSorted(),
    );
    const back = join(folder, "back");
    await skopeo("copy", "--all", "--src-tls-verify=false", target, `oci:${back}:multi`);
    const blobs = async (path: string): Promise<string[]> =>
      (await readdir(join(path, "blobs", "sha256"))).toSorted();
    expect(await blobs(back)).toEqual(await blobs(layout));
  });

  test("one platform is copied between repositories and into a folder", async () => {
    const source = `docker://${ecr.host}/skopeo/app:multi`;
    const target = `docker://${ecr.host}/skopeo/copy:v1`;
    await skopeo(
      "--override-arch=arm64",
      "--override-os=linux",
      "copy",
      "--src-tls-verify=false",
      "--dest-tls-verify=false",
      source,
      target,
    );
    const inspected = JSON.parse(
      await skopeo("--override-arch=arm64", "inspect", "--tls-verify=false", target),
    ) as { Architecture: string; Digest: string; RepoTags: string[] };
    expect(inspected).toMatchObject({ Architecture: "arm64", RepoTags: ["v1"] });
    const plain = join(folder, "plain");
    await skopeo("copy", "--src-tls-verify=false", target, `dir:${plain}`);
    const manifest = await readFile(join(plain, "manifest.json"));
    expect(digestOf(manifest)).toBe(inspected.Digest);
    await skopeo("copy", "--dest-tls-verify=false", `dir:${plain}`, target.replace(":v1", ":v2"));
    const tags = await skopeo("list-tags", "--tls-verify=false", target.replace(/:v1$/, ""));
    expect(JSON.parse(tags)).toMatchObject({ Tags: ["v1", "v2"] });
  });

  test("a deletion with skopeo is a deletion in ECR", async () => {
    const target = `docker://${ecr.host}/skopeo/copy:v1`;
    await skopeo("delete", "--tls-verify=false", target);
    const { imageDetails } = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName: "skopeo/copy" }));
    expect(imageDetails).toEqual([]);
  });

  test("skopeo shows the registry's refusals", async () => {
    const missing = `docker://${ecr.host}/skopeo/missing:v1`;
    const layout = join(folder, "layout");
    await expect(
      skopeo("copy", "--all", "--dest-tls-verify=false", `oci:${layout}:multi`, missing),
    ).rejects.toThrow("does not exist in the registry with id");
    await ecr.control.expireTokens();
    await expect(
      skopeo("inspect", "--tls-verify=false", `docker://${ecr.host}/skopeo/app:multi`),
    ).rejects.toThrow("Your authorization token has expired");
  });
});

/** Writes an OCI layout with an index of two platforms, tagged `multi`. */
async function writeLayout(path: string): Promise<void> {
  const blobs = join(path, "blobs", "sha256");
  await mkdir(blobs, { recursive: true });
  const write = async (content: string | Buffer, mediaType: string): Promise<object> => {
    const digest = digestOf(content);
    await writeFile(join(blobs, digest.slice("sha256:".length)), content);
    return { mediaType, digest, size: content.length };
  };
  const manifests = [];
  for (const architecture of ["amd64", "arm64"]) {
    const tar = `layer of ${architecture}`;
    // skopeo compresses what is not compressed, and the digests would not be the same.
    const layer = await write(gzipSync(tar), mediaTypes.ociLayer);
    const config = JSON.stringify({
      architecture,
      os: "linux",
      config: {},
      rootfs: { type: "layers", diff_ids: [digestOf(tar)] },
    });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: await write(config, mediaTypes.ociConfig),
      layers: [layer],
    });
    const descriptor = await write(manifest, mediaTypes.ociManifest);
    manifests.push({ ...descriptor, platform: { architecture, os: "linux" } });
  }
  const index = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests });
  const descriptor = await write(index, mediaTypes.ociIndex);
  const named = {
    ...descriptor,
    annotations: { "org.opencontainers.image.ref.name": "multi" },
  };
  await writeFile(
    join(path, "index.json"),
    JSON.stringify({ schemaVersion: 2, manifests: [named] }),
  );
  await writeFile(join(path, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}
