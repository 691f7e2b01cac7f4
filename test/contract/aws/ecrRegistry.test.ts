import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ACCOUNT, collect, NOWHERE, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

describe("identify", () => {
  it("says who AWS sees, and asks once", async () => {
    const identity = await here.registry.identify(here.signal);
    expect(identity.accountId).toBe(ACCOUNT);
    expect(identity.arn).toMatch(new RegExp(`^arn:aws:(iam|sts)::${ACCOUNT}:`));
    expect(await here.registry.identify(here.signal)).toEqual(identity);
    expect(await here.countOf("GetCallerIdentity")).toBe(1);
  });

  it("does not take ECR's endpoint for that of STS", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_STS", NOWHERE);
    await expect(here.registry.identify(here.signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable", host: "127.0.0.1:9" },
    });
    expect((await here.registry.fetchToken(here.signal)).host).toBe(here.local.host);
  });

  it("tells of a refused session and works again afterwards", async () => {
    await here.control.rejectCredentials("ExpiredTokenException");
    await expect(here.registry.identify(here.signal)).rejects.toMatchObject({
      failure: { kind: "credentials-expired", profile: "dev" },
    });
    expect((await here.registry.identify(here.signal)).accountId).toBe(ACCOUNT);
  });
});

describe("fetchToken", () => {
  it("returns a new login each time, which the registry accepts", async () => {
    const token = await here.registry.fetchToken(here.signal);
    expect(token.host).toBe(here.local.host);
    expect(token.expiresAt.getTime()).toBeGreaterThan(token.issuedAt.getTime());
    const login = Buffer.from(`${token.username}:${token.revealPassword()}`).toString("base64");
    const answer = await fetch(`${here.local.origin}/v2/`, {
      headers: { authorization: `Basic ${login}` },
    });
    expect(answer.status).toBe(200);
    await here.registry.fetchToken(here.signal);
    expect(await here.countOf("GetAuthorizationToken")).toBe(2);
  });

  it("runs a credential process once for all that is asked of one registry", async () => {
    const runs = path.join(path.dirname(here.files.config), "runs");
    const script = path.join(path.dirname(here.files.config), "process.sh");
    const keys = { Version: 1, AccessKeyId: ACCOUNT, SecretAccessKey: SECRET };
    const text = `#!/bin/sh\necho run >> '${runs}'\necho '${JSON.stringify(keys)}'\n`;
    writeFileSync(script, text, { mode: 0o755 });
    here.files.write(`[profile dev]\ncredential_process = ${script}\n`);
    await Promise.all([
      here.registry.fetchToken(here.signal),
      here.registry.fetchToken(here.signal),
      here.registry.identify(here.signal),
    ]);
    expect(readFileSync(runs, "utf8")).toBe("run\n");
  });
});

describe("listRepositories", () => {
  it("yields nothing but an empty page when there are none", async () => {
    expect(await collect(here.registry.listRepositories(here.signal))).toEqual([[]]);
  });

  it("yields all of them in the largest pages", async () => {
    await here.control.seed({ account: ACCOUNT, region: REGION, repositories: 2300, images: 0 });
    const pages = await collect(here.registry.listRepositories(here.signal));
    expect(pages.map((page) => page.length)).toEqual([1000, 1000, 300]);
    expect(new Set(pages.flat().map(({ name }) => name)).size).toBe(2300);
    expect(pages[0]?.[0]).toMatchObject({
      registryId: ACCOUNT,
      tagMutability: { default: "mutable", exclusions: [] },
    });
    expect(pages[0]?.[0]?.uri).toBe(`${here.local.host}/${pages[0]?.[0]?.name ?? ""}`);
    expect(pages[0]?.[0]?.createdAt).toBeInstanceOf(Date);
  });

  it("sees the repositories of its own account and region only", async () => {
    await here.control.seed({
      account: "111122223333",
      region: REGION,
      repositories: 1,
      images: 0,
    });
    await here.control.seed({ account: ACCOUNT, region: "us-east-1", repositories: 1, images: 0 });
    expect(await collect(here.registry.listRepositories(here.signal))).toEqual([[]]);
  });

  it("stops asking when it is cancelled between pages", async () => {
    await here.control.seed({ account: ACCOUNT, region: REGION, repositories: 1100, images: 0 });
    const controller = new AbortController();
    const list = here.registry.listRepositories(controller.signal)[Symbol.asyncIterator]();
    expect((await list.next()).value).toHaveLength(1000);
    controller.abort();
    await expect(list.next()).rejects.toMatchObject({ name: "AbortError" });
    expect(await here.countOf("DescribeRepositories")).toBe(1);
  });
});

describe("repositories", () => {
  it.each(["mutable", "immutable"] as const)("are created %s and found", async (mutability) => {
    const created = await here.registry.createRepository(
      { name: "team/api", tagMutability: mutability },
      here.signal,
    );
    expect(created).toMatchObject({
      name: "team/api",
      arn: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/team/api`,
      registryId: ACCOUNT,
      uri: `${here.local.host}/team/api`,
      tagMutability: { default: mutability, exclusions: [] },
    });
    expect(await here.registry.findRepository("team/api", here.signal)).toEqual(created);
  });

  it("are undefined when they are not there", async () => {
    expect(await here.registry.findRepository("team/api", here.signal)).toBeUndefined();
  });

  it("are not created twice", async () => {
    const wanted = { name: "team/api", tagMutability: "mutable" } as const;
    await here.registry.createRepository(wanted, here.signal);
    await expect(here.registry.createRepository(wanted, here.signal)).rejects.toMatchObject({
      failure: { kind: "repository-exists", repository: "team/api" },
    });
  });

  it("need a name that ECR takes", async () => {
    const wanted = { name: "Team/API", tagMutability: "mutable" } as const;
    await expect(here.registry.createRepository(wanted, here.signal)).rejects.toMatchObject({
      failure: { kind: "invalid-input", field: "repository", value: "Team/API" },
    });
  });

  it("at the account's limit are refused at the first try, without retries", async () => {
    const text = "The repository limit of the registry is reached";
    await here.control.failOperation("CreateRepository", "LimitExceededException", text, 400, 9);
    const wanted = { name: "team/api", tagMutability: "mutable" } as const;
    await expect(here.registry.createRepository(wanted, here.signal)).rejects.toMatchObject({
      failure: { kind: "limit-exceeded", operation: "CreateRepository", message: text },
    });
    expect(await here.countOf("CreateRepository")).toBe(1);
  });
});
