import { describe, expect, test } from "vitest";
import type { LifecycleRule } from "../../localEcr/lifecyclePolicy.js";
import { previewLifecycle } from "../../localEcr/lifecyclePreview.js";
import type { ImageRecord } from "../../localEcr/records.js";

const dayMs = 86_400_000;
const now = 1000 * dayMs;

function image(digest: string, ageDays: number, changed: Partial<ImageRecord> = {}): ImageRecord {
  return {
    sequence: 1,
    digest,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    sizeBytes: 1,
    manifestBytes: 1,
    pushedAt: now - ageDays * dayMs,
    tags: [],
    status: "ACTIVE",
    ...changed,
  };
}

function rule(changed: Partial<LifecycleRule>): LifecycleRule {
  return {
    priority: 1,
    tagStatus: "any",
    tagPatterns: [],
    storageClass: "STANDARD",
    count: { kind: "more-than", images: 1 },
    action: "EXPIRE",
    ...changed,
  };
}

function expiring(rules: LifecycleRule[], images: ImageRecord[]): string[] {
  return previewLifecycle(rules, images, now).map(
    ({ digest, priority }) => `${digest} by ${priority}`,
  );
}

describe("previewLifecycle", () => {
  test("the newest images stay, and the oldest are named first", () => {
    const images = [image("b", 2), image("c", 3), image("a", 1)];
    expect(expiring([rule({})], images)).toEqual(["c by 1", "b by 1"]);
  });

  test("images beyond an age go", () => {
    const count = { kind: "older-than", days: 10, since: "sinceImagePushed" } as const;
    expect(expiring([rule({ count })], [image("young", 10), image("old", 11)])).toEqual([
      "old by 1",
    ]);
  });

  test("a pull makes an image young again", () => {
    const count = { kind: "older-than", days: 10, since: "sinceImagePulled" } as const;
    const pulled = image("pulled", 50, { pulledAt: now - dayMs });
    expect(expiring([rule({ count })], [pulled, image("never", 50)])).toEqual(["never by 1"]);
  });

  test("all patterns must match a tag of the image", () => {
    const tagPatterns = ["dev*", "*-x"];
    const images = [
      image("both", 3, { tags: ["dev1", "1-x"] }),
      image("one", 4, { tags: ["dev1"] }),
      image("newest", 1, { tags: ["dev-x"] }),
      image("none", 5),
    ];
    expect(expiring([rule({ tagStatus: "tagged", tagPatterns })], images)).toEqual(["both by 1"]);
  });

  test("an image belongs to the first rule that its tags match", () => {
    const rules = [
      rule({ priority: 1, tagStatus: "tagged", tagPatterns: ["keep*"] }),
      rule({ priority: 2 }),
    ];
    const images = [image("kept", 9, { tags: ["keep1"] }), image("old", 8), image("young", 1)];
    expect(expiring(rules, images)).toEqual(["old by 2"]);
  });

  test("untagged images are selected alone", () => {
    const rules = [rule({ tagStatus: "untagged" })];
    const images = [image("tagged", 9, { tags: ["v1"] }), image("a", 3), image("b", 2)];
    expect(expiring(rules, images)).toEqual(["a by 1"]);
  });

  test("what an index holds stays with the index", () => {
    const images = [image("index", 1, { children: ["child"], tags: ["v1"] }), image("child", 9)];
    expect(expiring([rule({})], images)).toEqual([]);
  });

  test("archived images are for rules of their own", () => {
    const images = [
      image("archived", 90, { status: "ARCHIVED", archivedAt: now - 20 * dayMs }),
      image("active", 90),
    ];
    const count = { kind: "older-than", days: 10, since: "sinceImageTransitioned" } as const;
    expect(expiring([rule({ storageClass: "ARCHIVE", count })], images)).toEqual(["archived by 1"]);
  });
});
