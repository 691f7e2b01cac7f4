import { ECRClient, UpdateImageStorageClassCommand } from "@aws-sdk/client-ecr";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { Registry } from "../../../src/core/ports.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";
import { LocalEcrControl } from "../../localEcr/control.js";
import { startLocalEcr, type LocalEcr } from "../../localEcr/server.js";

const ACCOUNT = "210987654321";
const REGION = "eu-west-1";
const SECRET = "not-a-real-secret";
const NOWHERE = "http://127.0.0.1:9";
const KEYS = `aws_access_key_id = ${ACCOUNT}\naws_secret_access_key = ${SECRET}\n`;

let dataDir: string;
let local: LocalEcr;
let control: LocalEcrControl;
let files: AwsFiles;
let registry: Registry;
let signal: AbortSignal;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "ecr-registry-"));
  local = await startLocalEcr({ dataDir });
  control = new LocalEcrControl(local.origin);
});

afterAll(async () => {
  await local.close();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(() => {
  files = makeAwsFiles();
  files.write("", `[dev]\n${KEYS}`);
  vi.stubEnv("AWS_ENDPOINT_URL_STS", local.origin);
  registry = openLocal();
  signal = new AbortController().signal;
});

afterEach(async () => {
  files.remove();
  await control.reset();
  await control.clear();
});

function openLocal(endpoint: string | undefined = local.origin): Registry {
  return makeOpenRegistry()({ profile: "dev", region: REGION, endpoint });
}

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<(readonly T[])[]> {
  const found: (readonly T[])[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

/** How often the local ECR was asked to do an operation. */
async function countOf(operation: string): Promise<number> {
  const requests = await control.requests();
  return requests.filter((request) => request.operation === operation).length;
}

describe("opening a registry", () => {
  it("asks nothing", async () => {
    openLocal();
    expect(await control.requests()).toEqual([]);
  });

  it.each([
    ["the location", () => openLocal()],
    [
      "AWS_ENDPOINT_URL_ECR",
      () => {
        vi.stubEnv("AWS_ENDPOINT_URL_ECR", local.origin);
        return makeOpenRegistry()({ profile: "dev", region: REGION, endpoint: undefined });
      },
    ],
    [
      "the profile's services",
      () => {
        files.write(
          `[profile dev]\n${KEYS}services = here\n[services here]\necr =\n  endpoint_url = ${local.origin}\n`,
        );
        return makeOpenRegistry()({ profile: "dev", region: REGION, endpoint: undefined });
      },
    ],
    [
      "the environment alone",
      () => {
        vi.stubEnv("AWS_ENDPOINT_URL", local.origin);
        vi.stubEnv("AWS_ACCESS_KEY_ID", ACCOUNT);
        vi.stubEnv("AWS_SECRET_ACCESS_KEY", SECRET);
        return makeOpenRegistry()({ profile: undefined, region: REGION, endpoint: undefined });
      },
    ],
  ])("finds its endpoint in %s", async (_, open) => {
    expect((await open().fetchToken(signal)).host).toBe(local.host);
  });
});

describe("endpoints that are not meant", () => {
  it.each([
    ["another profile's", `[default]\nendpoint_url = ${NOWHERE}\n`],
    [
      "an ignored one",
      `[profile dev]\nendpoint_url = ${NOWHERE}\nignore_configured_endpoint_urls = true\n`,
    ],
  ])("are not asked: %s", async (_, config) => {
    files.write(config, `[dev]\n${KEYS}`);
    const open = makeOpenRegistry();
    const untouched = open({ profile: "dev", region: "nowhere-1", endpoint: undefined });
    await expect(untouched.fetchToken(signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable", host: "api.ecr.nowhere-1.amazonaws.com" },
    });
  });
});

describe("identify", () => {
  it("says who AWS sees, and asks once", async () => {
    const identity = await registry.identify(signal);
    expect(identity.accountId).toBe(ACCOUNT);
    expect(identity.arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${ACCOUNT}:`));
    expect(await registry.identify(signal)).toEqual(identity);
    expect(await countOf("GetCallerIdentity")).toBe(1);
  });

  it("does not take ECR's endpoint for that of STS", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_STS", NOWHERE);
    await expect(registry.identify(signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable", host: "127.0.0.1:9" },
    });
    expect((await registry.fetchToken(signal)).host).toBe(local.host);
  });

  it("tells of a refused session and works again afterwards", async () => {
    await control.rejectCredentials("ExpiredTokenException");
    await expect(registry.identify(signal)).rejects.toMatchObject({
      failure: { kind: "credentials-expired", profile: "dev" },
    });
    expect((await registry.identify(signal)).accountId).toBe(ACCOUNT);
  });
});

describe("fetchToken", () => {
  it("returns a new login each time, which the registry accepts", async () => {
    const token = await registry.fetchToken(signal);
    expect(token.host).toBe(local.host);
    expect(token.expiresAt.getTime()).toBeGreaterThan(token.issuedAt.getTime());
    const login = Buffer.from(`${token.username}:${token.revealPassword()}`).toString("base64");
    const answer = await fetch(`${local.origin}/v2/`, {
      headers: { authorization: `Basic ${login}` },
    });
    expect(answer.status).toBe(200);
    await registry.fetchToken(signal);
    expect(await countOf("GetAuthorizationToken")).toBe(2);
  });

  it("runs a credential process once for all that is asked of one registry", async () => {
    const runs = path.join(path.dirname(files.config), "runs");
    const script = path.join(path.dirname(files.config), "process.sh");
    const keys = { Version: 1, AccessKeyId: ACCOUNT, SecretAccessKey: SECRET };
    const text = `#!/bin/sh\necho run >> '${runs}'\necho '${JSON.stringify(keys)}'\n`;
    writeFileSync(script, text, { mode: 0o755 });
    files.write(`[profile dev]\ncredential_process = ${script}\n`);
    await Promise.all([
      registry.fetchToken(signal),
      registry.fetchToken(signal),
      registry.identify(signal),
    ]);
    expect(readFileSync(runs, "utf8")).toBe("run\n");
  });
});

describe("listRepositories", () => {
  it("yields nothing but an empty page when there are none", async () => {
    expect(await collect(registry.listRepositories(signal))).toEqual([[]]);
  });

  it("yields all of them in the largest pages", async () => {
    await control.seed({ account: ACCOUNT, region: REGION, repositories: 2300, images: 0 });
    const pages = await collect(registry.listRepositories(signal));
    expect(pages.map((page) => page.length)).toEqual([1000, 1000, 300]);
    expect(new Set(pages.flat().map(({ name }) => name)).size).toBe(2300);
    expect(pages[0]?.[0]).toMatchObject({
      registryId: ACCOUNT,
      tagMutability: { default: "mutable", exclusions: [] },
    });
    expect(pages[0]?.[0]?.uri).toBe(`${local.host}/${pages[0]?.[0]?.name ?? ""}`);
    expect(pages[0]?.[0]?.createdAt).toBeInstanceOf(Date);
  });

  it("sees the repositories of its own account and region only", async () => {
    await control.seed({ account: "111122223333", region: REGION, repositories: 1, images: 0 });
    await control.seed({ account: ACCOUNT, region: "us-east-1", repositories: 1, images: 0 });
    expect(await collect(registry.listRepositories(signal))).toEqual([[]]);
  });

  it("stops asking when it is cancelled between pages", async () => {
    await control.seed({ account: ACCOUNT, region: REGION, repositories: 1100, images: 0 });
    const controller = new AbortController();
    const list = registry.listRepositories(controller.signal)[Symbol.asyncIterator]();
    expect((await list.next()).value).toHaveLength(1000);
    controller.abort();
    await expect(list.next()).rejects.toMatchObject({ name: "AbortError" });
    expect(await countOf("DescribeRepositories")).toBe(1);
  });
});

describe("repositories", () => {
  it.each(["mutable", "immutable"] as const)("are created %s and found", async (mutability) => {
    const created = await registry.createRepository(
      { name: "team/api", tagMutability: mutability },
      signal,
    );
    expect(created).toMatchObject({
      name: "team/api",
      arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/api`,
      registryId: ACCOUNT,
      uri: `${local.host}/team/api`,
      tagMutability: { default: mutability, exclusions: [] },
    });
    expect(await registry.findRepository("team/api", signal)).toEqual(created);
  });

  it("are undefined when they are not there", async () => {
    expect(await registry.findRepository("team/api", signal)).toBeUndefined();
  });

  it("are not created twice", async () => {
    const wanted = { name: "team/api", tagMutability: "mutable" } as const;
    await registry.createRepository(wanted, signal);
    await expect(registry.createRepository(wanted, signal)).rejects.toMatchObject({
      failure: { kind: "repository-exists", repository: "team/api" },
    });
  });

  it("need a name that ECR takes", async () => {
    const wanted = { name: "Team/API", tagMutability: "mutable" } as const;
    await expect(registry.createRepository(wanted, signal)).rejects.toMatchObject({
      failure: { kind: "invalid-input", field: "repository", value: "Team/API" },
    });
  });

  it("at the account's limit are refused at the first try, without retries", async () => {
    const text = "The repository limit of the registry is reached";
    await control.failOperation("CreateRepository", "LimitExceededException", text, 400, 9);
    const wanted = { name: "team/api", tagMutability: "mutable" } as const;
    await expect(registry.createRepository(wanted, signal)).rejects.toMatchObject({
      failure: { kind: "limit-exceeded", operation: "CreateRepository", message: text },
    });
    expect(await countOf("CreateRepository")).toBe(1);
  });
});

describe("images", () => {
  const place = { account: ACCOUNT, region: REGION };

  it("are listed in the largest pages, archived ones too", async () => {
    const { first } = await control.seed({ ...place, repositories: 1, images: 1200 });
    const [firstPage = [], ...rest] = await collect(registry.listImages(first, signal));
    expect([firstPage, ...rest].map((page) => page.length)).toEqual([1000, 200]);
    const image = firstPage[0];
    expect(image?.status).toBe("active");
    await archive(first, image?.digest ?? "");
    const after = (await collect(registry.listImages(first, signal))).flat();
    expect(after).toHaveLength(1200);
    expect(after.filter(({ status }) => status === "archived")).toMatchObject([
      { digest: image?.digest },
    ]);
  });

  it("are found by tag and by digest", async () => {
    const { first } = await control.seed({ ...place, repositories: 1, images: 3 });
    const images = (await collect(registry.listImages(first, signal))).flat();
    const tagged = images.find(({ tags }) => tags.length > 0);
    const [tag = ""] = tagged?.tags ?? [];
    expect(tag).not.toBe("");
    expect(await registry.findImage(first, { tag }, signal)).toEqual(tagged);
    const digest = tagged?.digest ?? "";
    expect(await registry.findImage(first, { digest }, signal)).toEqual(tagged);
    expect(tagged?.pushedAt).toBeInstanceOf(Date);
    expect(tagged?.sizeBytes).toBeGreaterThan(0);
  });

  it("are undefined when no image has that tag or digest", async () => {
    const { first } = await control.seed({ ...place, repositories: 1, images: 1 });
    expect(await registry.findImage(first, { tag: "absent" }, signal)).toBeUndefined();
    const digest = `sha256:${"0".repeat(64)}`;
    expect(await registry.findImage(first, { digest }, signal)).toBeUndefined();
  });

  it("need a repository that is there", async () => {
    const missing = { kind: "repository-not-found", repository: "team/api", registryId: ACCOUNT };
    await expect(registry.findImage("team/api", { tag: "v1" }, signal)).rejects.toMatchObject({
      failure: missing,
    });
    await expect(collect(registry.listImages("team/api", signal))).rejects.toMatchObject({
      failure: missing,
    });
  });

  async function archive(repositoryName: string, imageDigest: string): Promise<void> {
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: SECRET };
    const client = new ECRClient({ region: REGION, endpoint: local.origin, credentials });
    await client.send(
      new UpdateImageStorageClassCommand({
        repositoryName,
        imageId: { imageDigest },
        targetStorageClass: "ARCHIVE",
      }),
    );
    client.destroy();
  }
});

describe("refusals of AWS", () => {
  it("name the denied action, its resource and who asked", async () => {
    await control.denyAction("ecr:GetAuthorizationToken");
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: {
        kind: "access-denied",
        action: "ecr:GetAuthorizationToken",
        resource: "*",
        principal: expect.stringContaining(ACCOUNT) as string,
      },
    });
    await control.denyAction("ecr:CreateRepository", { explicit: true });
    const wanted = { name: "team/api", tagMutability: "mutable" } as const;
    await expect(registry.createRepository(wanted, signal)).rejects.toMatchObject({
      failure: {
        kind: "access-denied",
        action: "ecr:CreateRepository",
        resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/api`,
      },
    });
  });

  it.each([
    ["ExpiredTokenException", "credentials-expired"],
    ["UnrecognizedClientException", "credentials-rejected"],
  ] as const)("of credentials: %s", async (code, kind) => {
    await control.rejectCredentials(code);
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: { kind, profile: "dev" },
    });
  });

  it("to answer so often are waited out, up to the SDK's three tries", async () => {
    await control.throttle("GetAuthorizationToken", 1);
    expect((await registry.fetchToken(signal)).host).toBe(local.host);
    expect(await countOf("GetAuthorizationToken")).toBe(2);
    await control.throttle("GetAuthorizationToken", 3);
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: { kind: "throttled", operation: "GetAuthorizationToken" },
    });
    expect(await countOf("GetAuthorizationToken")).toBe(5);
  });

  it("are tried as often as AWS_MAX_ATTEMPTS says", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    await control.throttle("GetAuthorizationToken", 1);
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: { kind: "throttled" },
    });
  });

  it("with a server error keep its words", async () => {
    await control.failOperation("GetAuthorizationToken", "ServerException", "out of order", 500, 9);
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: {
        kind: "aws-failed",
        operation: "GetAuthorizationToken",
        message: "out of order",
      },
    });
  });

  it("hold no key, and no signature made of one", async () => {
    await control.rejectCredentials("UnrecognizedClientException");
    const error: unknown = await registry.fetchToken(signal).catch((reason: unknown) => reason);
    const shown = inspect(error, { depth: 12 });
    expect(shown).toContain("UnrecognizedClientException");
    expect(shown).not.toMatch(new RegExp(`${SECRET}|Signature=`));
  });
});

describe("a cancelled question", () => {
  it("is not asked when the signal was there before", async () => {
    await expect(registry.fetchToken(AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(await control.requests()).toEqual([]);
  });

  it("ends at once while AWS takes its time, and the next one is answered", async () => {
    await control.latency(60_000);
    const controller = new AbortController();
    const token = registry.fetchToken(controller.signal);
    await vi.waitFor(async () => {
      expect(await control.requests()).toHaveLength(1);
    }, 10_000);
    controller.abort();
    await expect(token).rejects.toMatchObject({ name: "AbortError" });
    await control.reset();
    expect((await registry.fetchToken(signal)).host).toBe(local.host);
  });

  it("leaves questions that others ask at the same time alone", async () => {
    const controller = new AbortController();
    const [cancelled, answered] = [registry.identify(controller.signal), registry.identify(signal)];
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: "AbortError" });
    expect((await answered).accountId).toBe(ACCOUNT);
  });
});
