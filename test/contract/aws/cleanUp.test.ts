import { beforeEach, describe, expect, it } from "vitest";
import type { CleanUpCriteria } from "../../../src/core/changes/cleanUp/criteria.js";
import { type CleanUpPlan, planCleanUp } from "../../../src/core/changes/cleanUp/planCleanUp.js";
import {
  type CleanUpFacts,
  readForCleanUp,
} from "../../../src/core/changes/cleanUp/readForCleanUp.js";
import { removalRounds } from "../../../src/core/changes/cleanUp/removalRounds.js";
import { type DeletionAccount, deleteImages } from "../../../src/core/changes/deleteImages.js";
import { RegistryClient } from "../localEcr/registryClient.js";
import { ACCOUNT, collect, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();
const untagged: CleanUpCriteria = {
  isUntaggedOnly: true,
  olderThanDays: undefined,
  notPulledForDays: undefined,
  keepNewest: 0,
  keepTags: [],
};

async function plan(
  repository: string,
  criteria: CleanUpCriteria,
): Promise<{ readonly facts: CleanUpFacts; readonly plan: CleanUpPlan }> {
  const facts = await readForCleanUp(here.registry, repository, () => undefined, here.signal);
  return { facts, plan: planCleanUp(facts.images, facts.manifests, criteria, new Date()) };
}

async function carryOut(
  repository: string,
  { facts, plan: { items } }: Awaited<ReturnType<typeof plan>>,
): Promise<DeletionAccount | undefined> {
  const { changes } = here.registry;
  const remover = {
    deleteImages: changes.deleteImages.bind(changes),
    findImages: here.registry.findImages.bind(here.registry),
  };
  const waves = removalRounds(items, facts.manifests).map((round) =>
    round.map((image) => ({ image, role: "chosen" as const })),
  );
  let last: DeletionAccount | undefined;
  const deletion = { waves, held: [] };
  const signal = (): AbortSignal => here.signal;
  for await (last of deleteImages(remover, repository, deletion, here.signal, signal));
  return last;
}

async function digests(repository: string): Promise<readonly string[]> {
  const pages = await collect(here.registry.listImages(repository, here.signal));
  return pages.flat().map(({ digest }) => digest);
}

describe("a clean-up of images that hold others", () => {
  const repository = "team/mixed";
  let client: RegistryClient;

  beforeEach(async () => {
    const wanted = { name: repository, tagMutability: "mutable" as const };
    await here.registry.createRepository(wanted, here.signal);
    const token = await here.registry.fetchToken(here.signal);
    client = new RegistryClient(here.local.origin, token.revealPassword());
  });

  const push = (tag: string | undefined, layer: string, subject?: string) =>
    client.pushImage(repository, tag, { layer, ...(subject !== undefined && { subject }) });

  it("leaves what tags lead to, and deletes an index before what it holds", async () => {
    const [amd, arm, own] = [
      await push(undefined, "a"),
      await push(undefined, "b"),
      await push(undefined, "c"),
    ];
    const kept = await client.pushIndex(repository, "1.0.0", [amd, arm]);
    const loose = await client.pushIndex(repository, "moving", [amd, own]);
    const moved = await push("moving", "d");
    const signature = await push(undefined, "e", moved.digest);
    const stray = await push(undefined, "f");
    const straySignature = await push(undefined, "g", stray.digest);
    const ready = await plan(repository, untagged);
    const goes = ready.plan.items.flatMap(({ image, along }) => [image, ...along]);
    expect(goes.map(({ digest }) => digest).sort()).toEqual(
      [loose, own.digest, stray.digest, straySignature.digest].sort(),
    );
    const account = await carryOut(repository, ready);
    expect(account).toMatchObject({ end: { kind: "complete" }, refused: [], left: [] });
    expect(account?.deleted).toHaveLength(4);
    expect([...(await digests(repository))].sort()).toEqual(
      [amd.digest, arm.digest, kept, moved.digest, signature.digest].sort(),
    );
  });

  it("leaves what may belong to anything where manifests can't be read", async () => {
    const amd = await push(undefined, "a");
    await client.pushIndex(repository, "1.0.0", [amd]);
    await here.control.denyAction("ecr:BatchGetImage");
    const { facts, plan: made } = await plan(repository, untagged);
    expect(facts.manifestError).toMatchObject({
      failure: { kind: "access-denied", action: "ecr:BatchGetImage" },
    });
    expect(made.items).toEqual([]);
    expect(made.unclear.map(({ digest }) => digest)).toEqual([amd.digest]);
  });
});

describe("a clean-up of many images", () => {
  it("goes in batches, and its account is exact when a batch fails", async () => {
    const seed = { account: ACCOUNT, region: REGION, repositories: 1, images: 260 };
    const { first } = await here.control.seed(seed);
    const ready = await plan(first, { ...untagged, isUntaggedOnly: false, keepNewest: 10 });
    expect(ready.plan.items).toHaveLength(250);
    await here.control.denyAction("ecr:BatchDeleteImage");
    const refused = await carryOut(first, ready);
    expect(refused).toMatchObject({ end: { kind: "failed" }, deleted: [], unsure: [] });
    expect(refused?.left).toHaveLength(250);
    await here.control.reset();
    const account = await carryOut(first, ready);
    expect(account?.deleted).toHaveLength(250);
    expect(await here.countOf("BatchDeleteImage")).toBe(4);
    expect(await digests(first)).toHaveLength(10);
  });
});
