import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
} from "@aws-sdk/client-ecr";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { digestOf } from "../../localEcr/digest.js";
import type { RegistryClient } from "./registryClient.js";
import { RunningEcr } from "./runningEcr.js";

const name = "faulty";
let ecr: RunningEcr;
let registry: RegistryClient;

beforeAll(async () => {
  ecr = await RunningEcr.start();
  registry = await ecr.registry();
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName: name }));
});
afterAll(() => ecr.stop());
afterEach(() => ecr.control.reset());

describe("callers", () => {
  test("STS tells the account of the caller", async () => {
    const identity = await ecr
      .stsClient({ account: "999999999999" })
      .send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: "999999999999",
      Arn: "arn:aws:iam::999999999999:user/developer",
    });
    await ecr.control.rejectCredentials("UnrecognizedClientException");
    await expect(ecr.stsClient().send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
  });

  test("a request without a signature is not from anyone", async () => {
    for (const authorization of [undefined, "Basic abc", "AWS4-HMAC-SHA256 Credential=x"]) {
      const response = await fetch(ecr.server.origin, {
        method: "POST",
        headers: {
          "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
          "content-type": "application/x-amz-json-1.1",
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: "{}",
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        __type: "MissingAuthenticationTokenException",
        message: "Missing Authentication Token",
      });
    }
  });

  test("an unknown operation is refused, never answered", async () => {
    const response = await fetch(ecr.server.origin, {
      method: "POST",
      headers: { "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.MakeCoffee" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: "UnknownOperationException" });
  });

  test("credentials can end, and a second try works", async () => {
    await ecr.control.rejectCredentials();
    const list = new DescribeRepositoriesCommand({});
    await expect(ecr.client().send(list)).rejects.toMatchObject({
      name: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
    await expect(ecr.client().send(list)).resolves.toBeDefined();
  });
});

describe("permissions", () => {
  test("a denied action is refused on both planes in IAM's words", async () => {
    await ecr.control.denyAction("ecr:GetAuthorizationToken");
    await expect(ecr.client().send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:iam::123456789012:user/developer is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action",
    });
    await ecr.control.denyAction("ecr:InitiateLayerUpload", { explicit: true });
    const response = await registry.send(`/v2/${name}/blobs/uploads/`, { method: "POST" });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      errors: [
        {
          code: "DENIED",
          message: `User: arn:aws:iam::123456789012:user/developer is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-central-1:123456789012:repository/${name} with an explicit deny in an identity-based policy`,
        },
      ],
    });
  });

  test("a refusal can have no body at all", async () => {
    await ecr.control.denyAction("BatchGetImage", { emptyBody: true });
    const response = await registry.send(`/v2/${name}/manifests/v1`);
    expect(response.status).toBe(403);
    expect(await response.text()).toBe("");
  });
});

describe("load", () => {
  test("throttling meets the given number of requests on either plane", async () => {
    const describeImages = new DescribeImagesCommand({ repositoryName: name });
    await ecr.control.throttle("DescribeImages", 2);
    for (let number = 0; number < 2; number++) {
      await expect(ecr.client().send(describeImages)).rejects.toMatchObject({
        name: "ThrottlingException",
      });
    }
    await expect(ecr.client().send(describeImages)).resolves.toBeDefined();
    await ecr.control.throttle("PutImage");
    await expect(registry.pushImage(name, "v1", { layer: "x" })).rejects.toThrow("429");
    await registry.pushImage(name, "v1", { layer: "x" });
  });

  test("the SDK rides out a throttled call by itself", async () => {
    await ecr.control.throttle("DescribeImages", 1);
    const patient = new ECRClient({
      endpoint: ecr.server.origin,
      region: "eu-central-1",
      credentials: { accessKeyId: "123456789012", secretAccessKey: "not-checked" },
    });
    const answer = await patient.send(new DescribeImagesCommand({ repositoryName: name }));
    expect(answer.$metadata.attempts).toBe(2);
  });

  test("an operation can fail with any code and status", async () => {
    await ecr.control.failOperation("DescribeImages", "ServerException", "Broken", 500);
    await expect(
      ecr.client().send(new DescribeImagesCommand({ repositoryName: name })),
    ).rejects.toMatchObject({
      name: "ServerException",
      message: "Broken",
      $metadata: { httpStatusCode: 500 },
    });
  });

  test("a delayed answer comes after a later one", async () => {
    await ecr.control.clear();
    await ecr.control.latency(2000);
    const slow = registry.send("/v2/").then(() => "slow");
    await vi.waitFor(async () => {
      expect(await ecr.control.requests()).toHaveLength(1);
    });
    await ecr.control.reset();
    const quick = registry.send("/v2/").then(() => "quick");
    expect(await Promise.race([slow, quick])).toBe("quick");
    expect(await slow).toBe("slow");
    await ecr.client().send(new CreateRepositoryCommand({ repositoryName: name }));
  });
});

describe("layers", () => {
  test("the nth layer fails, and only as often as asked", async () => {
    await ecr.control.failLayer({ nth: 2, status: 503 });
    await registry.pushBlob(name, "first");
    await expect(registry.pushBlob(name, "second")).rejects.toThrow("503");
    await registry.pushBlob(name, "second");
  });

  test("a connection ends in the middle of a layer", async () => {
    await ecr.control.cutLayer({ afterBytes: 1000 });
    await expect(registry.pushBlob(name, "x".repeat(1_000_000))).rejects.toThrow("fetch failed");
    await registry.pushBlob(name, "x".repeat(1_000_000));
  });

  test("a slow layer is under way for as long as the rate says", async () => {
    await ecr.control.limitRate(10_000);
    const content = "y".repeat(5_000_000);
    const path = await registry.startUpload(name);
    const patch = registry.send(path, { method: "PATCH", body: content });
    await vi.waitFor(
      async () => {
        const progress = await registry.send(path);
        expect(progress.headers.get("range")).toMatch(/^0-[1-9]\d{2,5}$/);
      },
      { timeout: 30_000 },
    );
    await ecr.control.limitRate(0);
    expect((await patch).headers.get("range")).toBe("0-4999999");
    const digest = digestOf(content);
    const put = await registry.send(`${path}?digest=${digest}`, { method: "PUT" });
    expect(put.status).toBe(201);
  });
});

describe("the log of requests", () => {
  test("it says what was asked and with which scheme, and holds no credential", async () => {
    await ecr.control.clear();
    const password = await ecr.password();
    await registry.send("/v2/");
    const requests = await ecr.control.requests();
    expect(requests).toMatchObject([
      {
        method: "POST",
        path: "/",
        operation: "GetAuthorizationToken",
        authorization: "AWS4-HMAC-SHA256",
        host: ecr.host,
        status: 200,
      },
      { method: "GET", path: "/v2/", authorization: "Basic", status: 200 },
    ]);
    const text = JSON.stringify(requests);
    expect(text).not.toContain("Credential=");
    expect(text).not.toContain(password.slice(0, 40));
  });
});
