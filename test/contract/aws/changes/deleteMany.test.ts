import { describe, expect, it } from "vitest";
import { deleteImages, type DeletionAccount } from "../../../../src/core/changes/deleteImages.js";
import {
  prepareDeletion,
  type PreparedDeletion,
} from "../../../../src/core/changes/prepareDeletion.js";
import { ACCOUNT, collect, REGION, useLocalRegistry } from "../localRegistry.js";
import { digestsOf, makeFamily } from "./makeFamily.js";

const here = useLocalRegistry();

/** Plans to delete all images of a repository. */
async function prepareAll(repository: string): Promise<PreparedDeletion> {
  const images = (await collect(here.registry.listImages(repository, here.signal))).flat();
  const chosen = images.map((image) => ({ image }));
  return prepareDeletion(here.registry, repository, chosen, here.signal);
}

/** Deletes what a plan names, and returns the last account. */
async function run(
  repository: string,
  { plan }: PreparedDeletion,
  onAccount: (account: DeletionAccount) => unknown = () => undefined,
  signal = here.signal,
): Promise<DeletionAccount | undefined> {
  const { registry } = here;
  const remover = {
    deleteImages: registry.changes.deleteImages.bind(registry.changes),
    findImages: registry.findImages.bind(registry),
  };
  let last: DeletionAccount | undefined;
  for await (last of deleteImages(remover, repository, plan, signal, () => here.signal)) {
    await onAccount(last);
  }
  return last;
}

async function seed(images: number): Promise<string> {
  const place = { account: ACCOUNT, region: REGION };
  return (await here.control.seed({ ...place, repositories: 1, images })).first;
}

describe("deleting more images than one call takes", () => {
  it("goes by the hundred, until none is left", async () => {
    const repository = await seed(250);
    const account = await run(repository, await prepareAll(repository));
    expect(account).toMatchObject({ total: 250, left: [], end: { kind: "complete" } });
    expect(account?.deleted).toHaveLength(250);
    expect(await digestsOf(here, repository)).toEqual([]);
    expect(await here.countOf("BatchDeleteImage")).toBe(3);
  });

  it("ends where people cancel, with the account that ECR confirms", async () => {
    const repository = await seed(250);
    const prepared = await prepareAll(repository);
    const controller = new AbortController();
    const cancel = (): void => {
      controller.abort();
    };
    const account = await run(repository, prepared, cancel, controller.signal);
    expect(account?.end).toEqual({ kind: "cancelled" });
    const left = account?.left.map(({ image }) => image.digest).sort();
    expect(left).toHaveLength(150);
    expect(await digestsOf(here, repository)).toEqual(left);
  });

  it("knows what is left when a right ends in the middle", async () => {
    const repository = await seed(150);
    const prepared = await prepareAll(repository);
    const deny = (): Promise<void> => here.control.denyAction("ecr:BatchDeleteImage");
    const account = await run(repository, prepared, deny);
    expect(account?.end).toMatchObject({
      kind: "failed",
      error: { failure: { kind: "access-denied", action: "ecr:BatchDeleteImage" } },
    });
    const left = account?.left.map(({ image }) => image.digest).sort();
    expect(await digestsOf(here, repository)).toEqual(left);
    expect(left).toHaveLength(50);
  });

  it("looks what is left when ECR breaks down", async () => {
    const repository = await seed(20);
    const prepared = await prepareAll(repository);
    await here.control.failOperation("BatchDeleteImage", "ServerException", "down", 500, 9);
    const account = await run(repository, prepared);
    expect(account?.end).toMatchObject({
      kind: "failed",
      error: { failure: { kind: "aws-failed" } },
    });
    expect(account).toMatchObject({ deleted: [], unsure: [] });
    expect(account?.left).toHaveLength(20);
  });

  it("counts what somebody else deleted meanwhile by itself", async () => {
    const repository = await seed(10);
    const prepared = await prepareAll(repository);
    const [one = "", other = ""] = await digestsOf(here, repository);
    await here.registry.changes.deleteImages(repository, [one, other], here.signal);
    const account = await run(repository, prepared);
    expect(account?.deleted).toHaveLength(8);
    expect(account?.gone.map(({ image }) => image.digest).sort()).toEqual([one, other].sort());
  });

  it("takes an index before its platforms", async () => {
    await makeFamily(here, "team/api");
    const account = await run("team/api", await prepareAll("team/api"));
    expect(account).toMatchObject({ refused: [], end: { kind: "complete" } });
    expect(await digestsOf(here, "team/api")).toEqual([]);
  });
});
