import { describe, expect, it } from "vitest";
import { deleteImages, type DeletionAccount } from "../../../../src/core/changes/deleteImages.js";
import type { DeletionPlan } from "../../../../src/core/changes/deletionPlan.js";
import { EcrError } from "../../../../src/core/errors.js";
import type { Image } from "../../../../src/core/registry.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const OFFLINE = new EcrError({ kind: "aws-unreachable", host: "ecr", region: "eu-west-1" });
const THROTTLED = new EcrError({ kind: "throttled", operation: "BatchDeleteImage" });

/** A registry with images in one wave; the registry's own double of the remover. */
function makeImages(count: number): {
  registry: InMemoryRegistry;
  plan: DeletionPlan;
  digests: readonly string[];
} {
  const registry = new InMemoryRegistry();
  registry.addRepository("app");
  const images = Array.from({ length: count }, (_, number) =>
    registry.putImage("app", { digest: digestOf(`image ${String(number)}`) }),
  );
  return { registry, plan: planOf([images]), digests: images.map(({ digest }) => digest) };
}

function planOf(waves: readonly (readonly Image[])[]): DeletionPlan {
  const chosen = (image: Image): DeletionPlan["waves"][0][0] => ({ image, role: "chosen" });
  return { waves: waves.map((wave) => wave.map(chosen)), held: [] };
}

/** Deletes, and returns the account after each batch. */
async function run(
  registry: InMemoryRegistry,
  plan: DeletionPlan,
  onAccount: (account: DeletionAccount) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<readonly DeletionAccount[]> {
  const remover = {
    deleteImages: registry.changes.deleteImages.bind(registry.changes),
    findImages: registry.findImages.bind(registry),
  };
  const accounts: DeletionAccount[] = [];
  const patience = (): AbortSignal => new AbortController().signal;
  for await (const account of deleteImages(remover, "app", plan, signal, patience)) {
    accounts.push(account);
    onAccount(account);
  }
  return accounts;
}

/** The numbers of an account, in a line. */
function count(account: DeletionAccount | undefined): string {
  if (!account) return "no account";
  const { total, deleted, gone, refused, unsure, left, end } = account;
  return `${String(deleted.length)} of ${String(total)}, gone ${String(gone.length)}, refused ${String(refused.length)}, unsure ${String(unsure.length)}, left ${String(left.length)}, ${end?.kind ?? "going on"}`;
}

describe("deleting images", () => {
  it("goes by the hundred, and tells after each batch what is gone", async () => {
    const { registry, plan } = makeImages(250);
    const accounts = await run(registry, plan);
    expect(accounts.map(count)).toEqual([
      "100 of 250, gone 0, refused 0, unsure 0, left 150, going on",
      "200 of 250, gone 0, refused 0, unsure 0, left 50, going on",
      "250 of 250, gone 0, refused 0, unsure 0, left 0, going on",
      "250 of 250, gone 0, refused 0, unsure 0, left 0, complete",
    ]);
    expect(registry.calls.names).toEqual(Array(3).fill("deleteImages"));
  });

  it("begins a wave when the one before is answered", async () => {
    const registry = new InMemoryRegistry();
    registry.addRepository("app");
    const child = registry.putImage("app", { digest: digestOf("child") });
    const index = registry.putImage("app", {
      digest: digestOf("index"),
      isIndex: true,
      platforms: { [child.digest]: "linux/amd64" },
    });
    expect((await run(registry, planOf([[index], [child]]))).map(count)).toEqual([
      "1 of 2, gone 0, refused 0, unsure 0, left 1, going on",
      "2 of 2, gone 0, refused 0, unsure 0, left 0, going on",
      "2 of 2, gone 0, refused 0, unsure 0, left 0, complete",
    ]);
  });

  it("keeps the reason for each image that stays, and goes on with the others", async () => {
    const { registry, plan, digests } = makeImages(3);
    const [held = "", gone = ""] = digests;
    const index = digestOf("index");
    registry.putImage("app", { digest: index, isIndex: true, platforms: { [held]: "linux/x" } });
    await registry.changes.deleteImages("app", [gone], new AbortController().signal);
    const last = (await run(registry, plan)).at(-1);
    expect(count(last)).toBe("1 of 3, gone 1, refused 1, unsure 0, left 0, complete");
    expect(last?.refused).toMatchObject([
      { planned: { image: { digest: held } }, refusal: { why: "in-index", indexes: [index] } },
    ]);
  });

  it("is no failure where another index holds a platform that nobody chose", async () => {
    const { registry, digests } = makeImages(1);
    const [held = ""] = digests;
    const platforms = { [held]: "linux/x" };
    registry.putImage("app", { digest: digestOf("index"), isIndex: true, platforms });
    const image = await registry.findImage("app", { digest: held }, new AbortController().signal);
    if (!image) throw new Error("the test's image is not there");
    const plan: DeletionPlan = { waves: [[{ image, role: "part" }]], held: [] };
    expect(count((await run(registry, plan)).at(-1))).toBe(
      "0 of 1, gone 0, refused 0, unsure 0, left 0, complete",
    );
  });

  it("ends between batches when people cancel, with the batch under way done", async () => {
    const { registry, plan } = makeImages(250);
    const controller = new AbortController();
    registry.calls.plan("deleteImages", () => {
      controller.abort();
    });
    const accounts = await run(registry, plan, undefined, controller.signal);
    expect(accounts.map(count)).toEqual([
      "100 of 250, gone 0, refused 0, unsure 0, left 150, going on",
      "100 of 250, gone 0, refused 0, unsure 0, left 150, cancelled",
    ]);
  });

  it("knows that a refused batch left all its images there", async () => {
    const { registry, plan } = makeImages(150);
    const accounts = await run(registry, plan, () => {
      registry.calls.plan("deleteImages", () => {
        throw THROTTLED;
      });
    });
    expect(count(accounts.at(-1))).toBe("100 of 150, gone 0, refused 0, unsure 0, left 50, failed");
    expect(accounts.at(-1)?.end).toEqual({ kind: "failed", error: THROTTLED });
    expect(registry.calls.names).not.toContain("findImages");
  });

  it("looks what became of a batch whose answer never came", async () => {
    const { registry, plan, digests } = makeImages(3);
    await registry.changes.deleteImages("app", digests.slice(0, 1), new AbortController().signal);
    registry.calls.plan("deleteImages", () => {
      throw OFFLINE;
    });
    const [account] = await run(registry, plan);
    expect(count(account)).toBe("1 of 3, gone 0, refused 0, unsure 0, left 2, failed");
  });

  it("says what it does not know when that look fails too", async () => {
    const { registry, plan } = makeImages(150);
    const fail = (): void => {
      throw OFFLINE;
    };
    registry.calls.plan("deleteImages", fail);
    registry.calls.plan("findImages", fail);
    const [account] = await run(registry, plan);
    expect(count(account)).toBe("0 of 150, gone 0, refused 0, unsure 100, left 50, failed");
  });
});
