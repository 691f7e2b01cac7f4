import { GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
beforeAll(async () => {
  ecr = await RunningEcr.start({ tokenLifeSeconds: 2 });
});
afterAll(() => ecr.stop());

test("a token says when it ends, is long, and names the registry's address", async () => {
  const { authorizationData } = await ecr.client().send(new GetAuthorizationTokenCommand({}));
  const [data] = authorizationData ?? [];
  expect(data?.proxyEndpoint).toBe(ecr.server.origin);
  expect(data?.expiresAt).toBeInstanceOf(Date);
  // ECR's own tokens have some kilobytes, and clients that assume less must be found out.
  expect(data?.authorizationToken?.length).toBeGreaterThan(1500);
});

test("a token works until its life has ended", async () => {
  const registry = await ecr.registry();
  expect((await registry.send("/v2/")).status).toBe(200);
  await vi.waitFor(
    async () => {
      const response = await registry.send("/v2/");
      expect(response.status).toBe(403);
      expect(await response.text()).toContain("Your authorization token has expired");
    },
    { timeout: 30_000, interval: 100 },
  );
  expect((await (await ecr.registry()).send("/v2/")).status).toBe(200);
});
