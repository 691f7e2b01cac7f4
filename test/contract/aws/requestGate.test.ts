import { expect, it } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import { ACCOUNT, collect, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

it("asks ECR no more than five questions at once, over all registries", async () => {
  const open = makeOpenRegistry();
  const regions = ["eu-west-1", "eu-west-2", "us-east-1"];
  const registries = regions.map((region) =>
    open({ profile: "dev", region, endpoint: here.local.origin }),
  );
  await here.control.seed({ account: ACCOUNT, region: REGION, repositories: 3, images: 0 });
  await here.control.latency(100);
  const lists = registries.flatMap((registry) =>
    [1, 2, 3, 4].map(() => collect(registry.listRepositories(here.signal))),
  );
  const found = await Promise.all(lists);
  expect(found.map((pages) => pages.flat().length)).toEqual([3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(await here.countOf("DescribeRepositories")).toBe(12);
  expect(await here.control.mostAtOnce()).toBe(5);
});

it("gives the place of a cancelled question to the next one", async () => {
  const open = makeOpenRegistry();
  const registry = open({ profile: "dev", region: REGION, endpoint: here.local.origin });
  await here.control.latency(100);
  const left = new AbortController();
  const cancelled = [1, 2, 3, 4, 5, 6, 7].map(() =>
    collect(registry.listRepositories(left.signal)).catch((error: unknown) => error),
  );
  left.abort();
  for (const error of await Promise.all(cancelled)) {
    expect(error).toMatchObject({ name: "AbortError" });
  }
  expect(await collect(registry.listRepositories(here.signal))).toEqual([[]]);
});
