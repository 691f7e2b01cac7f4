import { CreateRepositoryCommand, DescribeImagesCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "../../localEcr/digest.js";
import { mediaTypes } from "../../localEcr/mediaTypes.js";
import { RegistryClient } from "./registryClient.js";
import { RunningEcr } from "./runningEcr.js";

const name = "deep/path/to/app";
let ecr: RunningEcr;
let registry: RegistryClient;

beforeAll(async () => {
  ecr = await RunningEcr.start();
  registry = await ecr.registry();
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName: name }));
});
afterAll(() => ecr.stop());

describe("the door", () => {
  test("without a password the answer is a challenge", async () => {
    const response = await fetch(`${ecr.server.origin}/v2/`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe(
      `Basic realm="${ecr.server.origin}/",service="ecr.amazonaws.com"`,
    );
    expect(response.headers.get("docker-distribution-api-version")).toBe("registry/2.0");
    expect(await response.text()).toBe("Not Authorized\n");
  });

  test("only the user AWS with an issued password comes in", async () => {
    const password = await ecr.password();
    const statusOf = async (secret: string, user?: string): Promise<number> =>
      (await new RegistryClient(ecr.server.origin, secret, user).send("/v2/")).status;
    expect(await statusOf(password)).toBe(200);
    expect(await statusOf(password, "someone")).toBe(401);
    expect(await statusOf("made-up")).toBe(401);
    const forged = Buffer.from(password, "base64")
      .toString("utf8")
      .replace(/"payload":"./, "$&A");
    expect(await statusOf(Buffer.from(forged).toString("base64"))).toBe(401);
  });

  test("a password opens the registry of its own account and region", async () => {
    for (const caller of [{ account: "999999999999" }, { region: "us-east-1" }]) {
      const elsewhere = await ecr.registry(caller);
      const response = await elsewhere.send(`/v2/${name}/tags/list`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        errors: [
          {
            code: "NAME_UNKNOWN",
            message: `The repository with name '${name}' does not exist in the registry with id '${caller.account ?? "123456789012"}'`,
          },
        ],
      });
    }
  });

  test("an expired password is refused with AWS' sentence", async () => {
    const old = await ecr.registry();
    await ecr.control.expireTokens();
    const response = await old.send("/v2/");
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      errors: [
        {
          code: "DENIED",
          message: "Your authorization token has expired. Reauthenticate and try again.",
        },
      ],
    });
    registry = await ecr.registry();
    expect((await registry.send("/v2/")).status).toBe(200);
  });
});

describe("blobs", () => {
  test("a blob arrives in parts, and comes back whole or in part", async () => {
    const content = "0123456789";
    const digest = digestOf(content);
    const path = await registry.startUpload(name);
    const first = await registry.send(path, {
      method: "PATCH",
      body: "01234",
      headers: { "content-range": "0-4" },
    });
    expect(first.status).toBe(202);
    expect(first.headers.get("range")).toBe("0-4");
    const wrong = await registry.send(path, {
      method: "PATCH",
      body: "x",
      headers: { "content-range": "9-9" },
    });
    expect(wrong.status).toBe(416);
    const progress = await registry.send(path);
    expect(progress.status).toBe(204);
    expect(progress.headers.get("range")).toBe("0-4");
    const last = await registry.send(`${path}?digest=${digest}`, { method: "PUT", body: "56789" });
    expect(last.status).toBe(201);
    const blob = `/v2/${name}/blobs/${digest}`;
    const head = await registry.send(blob, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe("10");
    expect(await (await registry.send(blob)).text()).toBe(content);
    for (const [range, part] of [
      ["bytes=2-4", "234"],
      ["bytes=7-", "789"],
      ["bytes=-2", "89"],
    ] as const) {
      const response = await registry.send(blob, { headers: { range } });
      expect(response.status).toBe(206);
      expect(await response.text()).toBe(part);
    }
    expect((await registry.send(blob, { headers: { range: "bytes=10-" } })).status).toBe(416);
  });

  test("bytes of another digest are refused, and the upload is gone", async () => {
    const path = await registry.startUpload(name);
    const finish = (): Promise<Response> =>
      registry.send(`${path}?digest=${digestOf("this")}`, { method: "PUT", body: "that" });
    const refused = await finish();
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ errors: [{ code: "DIGEST_INVALID" }] });
    expect((await finish()).status).toBe(404);
  });

  test("an upload can be cancelled", async () => {
    const path = await registry.startUpload(name);
    expect((await registry.send(path, { method: "DELETE" })).status).toBe(204);
    expect((await registry.send(path)).status).toBe(404);
  });

  test("a blob of no bytes is a blob", async () => {
    const digest = await registry.pushBlob(name, "");
    const response = await registry.send(`/v2/${name}/blobs/${digest}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
  });

  test("another repository takes a blob over without its bytes", async () => {
    await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "mounted" }));
    const digest = await registry.pushBlob(name, "to be shared");
    const mount = (from: string): Promise<Response> =>
      registry.send(`/v2/mounted/blobs/uploads/?mount=${digest}&from=${from}`, { method: "POST" });
    expect((await mount("missing")).status).toBe(202);
    expect((await registry.send(`/v2/mounted/blobs/${digest}`)).status).toBe(404);
    expect((await mount(encodeURIComponent(name))).status).toBe(201);
    expect(await (await registry.send(`/v2/mounted/blobs/${digest}`)).text()).toBe("to be shared");
  });
});

describe("manifests", () => {
  test("a manifest is found by tag and digest, with its type", async () => {
    const image = await registry.pushImage(name, "v1", { layer: "one" });
    for (const reference of ["v1", image.digest]) {
      const response = await registry.send(`/v2/${name}/manifests/${reference}`);
      expect(response.headers.get("content-type")).toBe(mediaTypes.ociManifest);
      expect(response.headers.get("docker-content-digest")).toBe(image.digest);
      expect(await response.text()).toBe(image.manifest);
    }
    const { imageDetails } = await ecr
      .client()
      .send(new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag: "v1" }] }));
    expect(imageDetails?.[0]?.lastRecordedPullTime).toBeInstanceOf(Date);
  });

  test("a manifest whose content is missing, wrong or too large is refused", async () => {
    const image = await registry.pushImage(name, "v2", { layer: "two" });
    const put = async (reference: string, manifest: string): Promise<[number, string]> => {
      const answer = await registry.putManifest(name, reference, manifest, mediaTypes.ociManifest);
      const { errors } = (await answer.json()) as { errors: { code: string }[] };
      return [answer.status, errors[0]?.code ?? ""];
    };
    const missing = image.manifest.replace(image.layer, digestOf("missing"));
    expect(await put("v3", missing)).toEqual([400, "MANIFEST_BLOB_UNKNOWN"]);
    expect(await put(digestOf("other"), image.manifest)).toEqual([400, "DIGEST_INVALID"]);
    expect(await put("v3", "{")).toEqual([400, "UNSUPPORTED"]);
    const large = image.manifest.replace(/}$/, `,"x":"${"x".repeat(4 * 1024 * 1024)}"}`);
    expect(await put("v3", large)).toEqual([413, "SIZE_INVALID"]);
    expect((await registry.send(`/v2/${name}/manifests/v3`)).status).toBe(404);
  });

  test("an index needs its images, and keeps them from deletion", async () => {
    const child = await registry.pushImage(name, undefined, { layer: "child" });
    const index = await registry.pushIndex(name, "multi", [child]);
    const remove = (reference: string): Promise<Response> =>
      registry.send(`/v2/${name}/manifests/${reference}`, { method: "DELETE" });
    expect((await remove(child.digest)).status).toBe(403);
    expect((await remove(index)).status).toBe(202);
    expect((await remove(child.digest)).status).toBe(202);
    expect((await remove(child.digest)).status).toBe(404);
    await expect(registry.pushIndex(name, "multi", [child])).rejects.toThrow(
      "MANIFEST_BLOB_UNKNOWN",
    );
  });

  test("tags are listed in order and in pages", async () => {
    await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "listed" }));
    for (const tag of ["c", "a", "b"]) await registry.pushImage("listed", tag, { layer: tag });
    const first = await registry.send("/v2/listed/tags/list?n=2");
    expect(await first.json()).toEqual({ name: "listed", tags: ["a", "b"] });
    const link = /^<(.+)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await registry.send(link);
    expect(await second.json()).toEqual({ name: "listed", tags: ["c"] });
    expect(second.headers.get("link")).toBeNull();
  });
});
