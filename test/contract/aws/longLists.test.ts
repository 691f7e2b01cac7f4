import { expect, it } from "vitest";
import { ACCOUNT, collect, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();
const place = { account: ACCOUNT, region: REGION };
const forgotten =
  "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid nextToken'";

it("goes on with a list of which AWS wants fewer questions for a while", async () => {
  await here.control.seed({ ...place, repositories: 2, images: 0 });
  // Three tries of the SDK's own, and then one of ours.
  await here.control.throttle("DescribeRepositories", 4);
  expect((await collect(here.registry.listRepositories(here.signal))).flat()).toHaveLength(2);
  expect(await here.countOf("DescribeRepositories")).toBe(5);
}, 60_000);

it("ends the wait for AWS when it is cancelled", async () => {
  await here.control.throttle("DescribeRepositories", 3);
  const left = new AbortController();
  const list = collect(here.registry.listRepositories(left.signal));
  const asked = async () => (await here.countOf("DescribeRepositories")) >= 3;
  while (!(await asked())) await new Promise((resolve) => setTimeout(resolve, 20));
  left.abort();
  await expect(list).rejects.toMatchObject({ name: "AbortError" });
  expect(await here.countOf("DescribeRepositories")).toBe(3);
}, 60_000);

it.each(["DescribeRepositories", "DescribeImages"])(
  "begins anew when AWS has forgotten a page of %s, and yields nothing twice",
  async (operation) => {
    const repositories = operation === "DescribeImages" ? 1 : 3500;
    const images = operation === "DescribeImages" ? 3500 : 0;
    const { first } = await here.control.seed({ ...place, repositories, images });
    const list =
      operation === "DescribeImages"
        ? here.registry.listImages(first, here.signal)
        : here.registry.listRepositories(here.signal);
    const found: string[] = [];
    let pages = 0;
    for await (const page of list) {
      found.push(...page.map((item) => ("digest" in item ? item.digest : item.name)));
      pages += 1;
      if (pages === 1) {
        await here.control.failOperation(operation, "InvalidParameterException", forgotten);
      }
    }
    expect(found).toHaveLength(3500);
    expect(new Set(found).size).toBe(3500);
    expect(await here.countOf(operation)).toBeGreaterThan(4);
  },
  60_000,
);

it("tells that AWS is out of reach, and reads all when it is back", async () => {
  await here.control.seed({ ...place, repositories: 3, images: 0 });
  await here.control.offline();
  await expect(collect(here.registry.listRepositories(here.signal))).rejects.toMatchObject({
    failure: { kind: "aws-unreachable" },
  });
  await here.control.offline(false);
  expect((await collect(here.registry.listRepositories(here.signal))).flat()).toHaveLength(3);
}, 60_000);
