import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { ACCOUNT, collect, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();
const place = { account: ACCOUNT, region: REGION };

it("a manifest is read as the text that its digest is of; undefined when it is gone", async () => {
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 1 });
  const [image] = (await collect(here.registry.listImages(first, here.signal))).flat();
  const { contents } = here.registry;
  const read = await contents.readManifestText(first, image?.digest ?? "", here.signal);
  const digest = createHash("sha256")
    .update(read?.text ?? "")
    .digest("hex");
  expect(`sha256:${digest}`).toBe(image?.digest);
  expect(read?.mediaType).toBe(image?.mediaType);
  const gone = `sha256:${"0".repeat(64)}`;
  expect(await contents.readManifestText(first, gone, here.signal)).toBeUndefined();
});

it("a repository without a lifecycle policy has none, and one that is gone fails", async () => {
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 0 });
  expect(await here.registry.rules.readLifecyclePolicy(first, here.signal)).toBeUndefined();
  await expect(
    here.registry.rules.readLifecyclePolicy("none/such", here.signal),
  ).rejects.toMatchObject({ failure: { kind: "repository-not-found", repository: "none/such" } });
});

it("a repository with images is deleted only by force", async () => {
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 1 });
  const { changes } = here.registry;
  await expect(changes.deleteRepository(first, false, here.signal)).rejects.toThrow();
  expect(await here.registry.findRepository(first, here.signal)).toBeDefined();
  await changes.deleteRepository(first, true, here.signal);
  expect(await here.registry.findRepository(first, here.signal)).toBeUndefined();
});
