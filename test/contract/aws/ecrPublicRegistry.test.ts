import { describe, expect, it, vi } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { Registry } from "../../../src/core/ports.js";
import { publicRegistry } from "../../../src/core/registry.js";
import { RegistryClient } from "../localEcr/registryClient.js";
import { ACCOUNT, collect, NOWHERE, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

function openPublic(endpoint: string | undefined = here.local.origin): Registry {
  return makeOpenRegistry()(publicRegistry("dev", endpoint));
}

describe("a public registry", () => {
  it("lists its own repositories with their aliased URI, and none of the account's others", async () => {
    const registry = openPublic();
    await here.registry.createRepository({ name: "own", tagMutability: "mutable" }, here.signal);
    const created = await registry.createRepository(
      { name: "team/site", tagMutability: "mutable" },
      here.signal,
    );
    expect(created).toMatchObject({
      name: "team/site",
      registryId: ACCOUNT,
      arn: `arn:aws:ecr-public::${ACCOUNT}:repository/team/site`,
      tagMutability: { default: "mutable", exclusions: [] },
    });
    expect(created.uri).toMatch(new RegExp(`^${here.local.host}/[a-z0-9]+/team/site$`));
    expect(await collect(registry.listRepositories(here.signal))).toEqual([[created]]);
    expect(await registry.findRepository("team/site", here.signal)).toEqual(created);
    expect(await registry.findRepository("own", here.signal)).toBeUndefined();
  });

  it("hands out tokens with which an image is pushed and then found", async () => {
    const registry = openPublic();
    const wanted = { name: "site", tagMutability: "mutable" } as const;
    const { uri } = await registry.createRepository(wanted, here.signal);
    const token = await registry.fetchToken(here.signal);
    expect(token.host).toBe(here.local.host);
    const client = new RegistryClient(here.local.origin, token.revealPassword(), token.username);
    const path = uri.slice(here.local.host.length + 1);
    const { digest } = await client.pushImage(path, "v1", { layer: "layer" });
    const image = await registry.findImage("site", { tag: "v1" }, here.signal);
    expect(image).toMatchObject({ digest, tags: ["v1"], status: "active" });
    expect(await registry.findImage("site", { digest }, here.signal)).toEqual(image);
    expect(await registry.findImage("site", { tag: "v2" }, here.signal)).toBeUndefined();
    expect(await collect(registry.listImages("site", here.signal))).toEqual([[image]]);
    const absent = `sha256:${"0".repeat(64)}`;
    const found = await registry.findImages("site", [absent, digest], here.signal);
    expect([...found]).toEqual([[digest, image]]);
    await registry.probePush("site", here.signal);
    expect((await registry.identify(here.signal)).accountId).toBe(ACCOUNT);
  });

  it("says what it does not have without asking AWS", async () => {
    const registry = openPublic();
    await expect(registry.rules.readLifecyclePolicy("site", here.signal)).rejects.toMatchObject({
      failure: { kind: "public-registry-lacks", operation: "GetLifecyclePolicy" },
    });
    await expect(
      registry.contents.readManifestText("site", `sha256:${"0".repeat(64)}`, here.signal),
    ).rejects.toMatchObject({ failure: { kind: "public-registry-lacks" } });
    expect(await registry.listCreationTemplates(here.signal)).toEqual([]);
    expect(await registry.settings.listPullThroughRules(here.signal)).toEqual([]);
    expect(await registry.readManifests("site", [], here.signal)).toEqual(new Map());
    expect(await here.control.requests()).toEqual([]);
  });

  it("names the action of ECR Public that is denied", async () => {
    await here.control.denyAction("ecr-public:DescribeRepositories");
    await expect(collect(openPublic().listRepositories(here.signal))).rejects.toMatchObject({
      failure: { kind: "access-denied", action: "ecr-public:DescribeRepositories" },
    });
    expect(await collect(here.registry.listRepositories(here.signal))).toEqual([[]]);
  });

  it("is asked where the environment says, and not where ECR is", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_ECR", NOWHERE);
    vi.stubEnv("AWS_ENDPOINT_URL_ECR_PUBLIC", here.local.origin);
    const registry = makeOpenRegistry()(publicRegistry("dev", undefined));
    expect(await collect(registry.listRepositories(here.signal))).toEqual([[]]);
    expect((await registry.fetchToken(here.signal)).host).toBe("public.ecr.aws");
    expect((await here.control.requests()).map(({ operation }) => operation)).toEqual([
      "ecr-public:DescribeRepositories",
      "ecr-public:GetAuthorizationToken",
    ]);
  });
});
