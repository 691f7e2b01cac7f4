import { describe, expect, it } from "vitest";
import type { DeletionAccount } from "../../../../src/core/changes/deleteImages.js";
import type { PlannedImage } from "../../../../src/core/changes/deletionPlan.js";
import { EcrError } from "../../../../src/core/errors.js";
import type { PreparedDeletion } from "../../../../src/core/changes/prepareDeletion.js";
import type { Image } from "../../../../src/core/registry.js";
import { deletionQuestion } from "../../../../src/ui/manage/deletionQuestion.js";
import { accountText } from "../../../../src/ui/manage/deletionReport.js";
import { digestOf } from "../../../fakes/digestOf.js";

function imageOf(name: string, tags: readonly string[] = [name]): Image {
  return {
    digest: digestOf(name),
    tags,
    sizeBytes: 40_000_000,
    pushedAt: undefined,
    lastPulledAt: undefined,
    mediaType: undefined,
    artifactMediaType: undefined,
    status: "active",
  };
}

function planned(image: Image, role: PlannedImage["role"] = "chosen"): PlannedImage {
  return { image, role };
}

function prepare(
  waves: PreparedDeletion["plan"]["waves"],
  more: Partial<PreparedDeletion> = {},
): PreparedDeletion {
  return { plan: { waves, held: [] }, gone: [], unread: undefined, ...more };
}

describe("the question before a deletion", () => {
  it("names one image with all that goes", () => {
    const image = imageOf("one", ["1.4.0", "latest"]);
    const question = deletionQuestion(
      "team/api",
      prepare([[planned(image)], [planned(imageOf("p", []), "part")]]),
    );
    expect(question.message).toBe("Delete team/api:1.4.0?");
    expect(question.detail.split("\n").slice(1)).toEqual([
      "All its tags go: 1.4.0, latest",
      "40 MB",
      "What belongs to it goes too: 1 (platforms, attestations, signatures).",
      "Deleted images can't be brought back.",
    ]);
    expect(question.button).toBe("Delete");
  });

  it("names ten of many, with the sum of tags and sizes", () => {
    const images = Array.from({ length: 12 }, (_, at) => imageOf(`v${String(at)}`));
    const question = deletionQuestion("team/api", prepare([images.map((one) => planned(one))]));
    expect(question).toMatchObject({
      message: "Delete 12 images of team/api?",
      button: "Delete 12 Images",
    });
    const lines = question.detail.split("\n");
    expect(lines[0]).toBe("v0 · 40 MB");
    expect(lines.slice(10)).toEqual([
      "and 2 more",
      "",
      "Tags: 12. Size: up to 480 MB.",
      "Deleted images can't be brought back.",
    ]);
  });

  it("says what stays, what is gone, and what could not be read", () => {
    const denied = new EcrError({
      kind: "access-denied",
      action: "ecr:BatchGetImage",
      resource: undefined,
      principal: undefined,
    });
    const plan = {
      waves: [[planned(imageOf("one"))]],
      held: [{ image: imageOf("arm64", []), index: digestOf("index") }],
    };
    const { detail } = deletionQuestion("team/api", {
      plan,
      gone: [imageOf("old")],
      unread: denied,
    });
    expect(detail).toMatch(/sha256:\w{4}…\w{2} stays: it belongs to the index sha256:/);
    expect(detail).toContain("old is not there any more.");
    expect(detail).toMatch(/is not known and stays: .*ecr:BatchGetImage/);
  });

  it("stays short for an image with a thousand tags", () => {
    const tags = Array.from({ length: 1000 }, (_, at) => `v${String(at)}`);
    const { detail } = deletionQuestion("team/api", prepare([[planned(imageOf("one", tags))]]));
    expect(detail).toContain("v5 and 994 more tags");
    expect(detail.length).toBeLessThan(300);
  });
});

describe("the account of a deletion", () => {
  const images = ["a", "b", "c", "d"].map((name) => planned(imageOf(name)));
  const [a, b, c, d] = images as [PlannedImage, PlannedImage, PlannedImage, PlannedImage];
  const nothing: DeletionAccount = {
    total: 4,
    deleted: [],
    gone: [],
    refused: [],
    unsure: [],
    left: [],
    end: { kind: "complete" },
  };
  const refusal = {
    digest: "",
    why: "in-index",
    indexes: [digestOf("index")],
    message: "no",
  } as const;

  it.each<readonly [string, Partial<DeletionAccount>, RegExp]>([
    ["one", { deleted: [a] }, /^a of team\/api deleted\.$/],
    ["several", { deleted: images }, /^4 images of team\/api deleted \(up to 160 MB\)\.$/],
    ["none", { gone: [a, b] }, /^No image of team\/api was deleted\. 2 had been deleted before\.$/],
    [
      "one that stays",
      { deleted: [a], refused: [{ planned: b, refusal }] },
      /^a of team\/api deleted\. b stays: It belongs to the index sha256:.*before it\.$/,
    ],
    [
      "several that stay",
      { refused: [a, b].map((one) => ({ planned: one, refusal })) },
      /^No image of team\/api was deleted\. ECR kept 2\.$/,
    ],
    [
      "a cancelled one",
      { deleted: [a, b], left: [c, d], end: { kind: "cancelled" } },
      /^2 images of .* Cancelled: 2 stay\.$/,
    ],
    [
      "one that failed",
      { deleted: [a], unsure: [b], left: [c, d], end: { kind: "failed", error: "x" } },
      /^a of team\/api deleted\. Whether 1 more are gone is not known, .* 2 stay\.$/,
    ],
  ])("is exact: %s", (_, part, text) => {
    expect(accountText("team/api", { ...nothing, ...part })).toMatch(text);
  });
});
