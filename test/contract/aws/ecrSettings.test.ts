import { CreatePullThroughCacheRuleCommand, ECRClient } from "@aws-sdk/client-ecr";
import { expect, it } from "vitest";
import { ACCOUNT, collect, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

function client(): ECRClient {
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: SECRET };
  return new ECRClient({ region: REGION, endpoint: here.local.origin, credentials });
}

it("reads from where images are fetched when they are first pulled", async () => {
  expect(await here.registry.settings.listPullThroughRules(here.signal)).toEqual([]);
  for (const [prefix, url] of [
    ["quay", "quay.io"],
    ["hub", "registry-1.docker.io"],
  ] as const) {
    await client().send(
      new CreatePullThroughCacheRuleCommand({
        ecrRepositoryPrefix: prefix,
        upstreamRegistryUrl: url,
      }),
    );
  }
  expect(await here.registry.settings.listPullThroughRules(here.signal)).toEqual([
    { prefix: "hub", upstream: "registry-1.docker.io" },
    { prefix: "quay", upstream: "quay.io" },
  ]);
});

it("without the right to its rules fails in that part alone", async () => {
  const action = "ecr:DescribePullThroughCacheRules";
  await here.control.denyAction(action);
  await expect(here.registry.settings.listPullThroughRules(here.signal)).rejects.toMatchObject({
    failure: { kind: "access-denied", action },
  });
  expect(await collect(here.registry.listRepositories(here.signal))).toEqual([[]]);
});
