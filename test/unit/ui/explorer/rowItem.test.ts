import { describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import type { Image, Repository } from "../../../../src/core/registry.js";
import { rowItem, rowTooltip } from "../../../../src/ui/explorer/rowItem.js";
import type { ImageNode, RepositoryNode } from "../../../../src/ui/explorer/registryNodes.js";

const location = { profile: "prod", region: "eu-west-1", endpoint: undefined };
const DIGEST = `sha256:9f2c${"0".repeat(58)}e1`;

const repository: Repository = {
  name: "team/api",
  arn: "arn:aws:ecr:eu-west-1:123456789012:repository/team/api",
  registryId: "123456789012",
  uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  tagMutability: { default: "mutable", exclusions: [] },
};

const image: Image = {
  digest: DIGEST,
  tags: ["1.4.0", "latest"],
  sizeBytes: 412_000_000,
  pushedAt: new Date(),
  lastPulledAt: undefined,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  artifactMediaType: undefined,
  status: "active",
};

function imageNode(change: Partial<Image> = {}): ImageNode {
  return { kind: "image", location, repository, image: { ...image, ...change } };
}

const repositoryNode: RepositoryNode = { kind: "repository", location, repository };

describe("rowItem", () => {
  it("shows a registry with its account in groups of digits", () => {
    const node = {
      kind: "registry",
      location,
      isChosen: true,
      registryId: "123456789012",
    } as const;
    const item = rowItem(node);
    expect(item.description).toBe("1234-5678-9012");
    expect(item.label).toContain("prod");
    expect(rowItem({ ...node, registryId: undefined }).description).toBeUndefined();
  });

  it("says in words and in the menu's kind that tags can't move", () => {
    expect(rowItem(repositoryNode)).toMatchObject({
      label: "team/api",
      contextValue: "repository",
    });
    const immutable = { ...repository, tagMutability: { default: "immutable", exclusions: [] } };
    expect(rowItem({ ...repositoryNode, repository: immutable as Repository })).toMatchObject({
      description: "immutable",
      contextValue: "repository;immutable",
      accessibilityInformation: { label: "Repository team/api, immutable tags" },
    });
  });

  it("shows an image with size, age and digest, and says it in words", () => {
    expect(rowItem(imageNode())).toMatchObject({
      label: "1.4.0, latest",
      description: "412 MB · now · 9f2c…e1",
      contextValue: "image;tagged",
      accessibilityInformation: { label: "Image 1.4.0, latest, 412 MB, just now" },
      iconPath: { id: "layers" },
    });
  });

  it.each<[string, Partial<Image>, object]>([
    ["without a tag", { tags: [] }, { label: "untagged", contextValue: "image" }],
    [
      "of several platforms",
      { mediaType: "application/vnd.oci.image.index.v1+json" },
      { iconPath: { id: "versions" } },
    ],
    ["in the archive", { status: "archived" }, { iconPath: { id: "archive" } }],
    [
      "of unknown size and age",
      { sizeBytes: undefined, pushedAt: undefined },
      { description: "9f2c…e1" },
    ],
  ])("tells an image %s apart", (_, change, expected) => {
    expect(rowItem(imageNode(change))).toMatchObject(expected);
  });

  it("counts what is not shown yet", () => {
    const more = { kind: "more", repositoryNode, shown: 100, total: 2314 } as const;
    expect(rowItem({ ...more, isComplete: true }).description).toBe("100 of 2,314");
    expect(rowItem({ ...more, isComplete: false }).description).toBe("100 of 2,314, still reading");
  });

  it("shows a failure as its sentence, whatever was thrown", () => {
    const error = new EcrError({ kind: "throttled", operation: "DescribeImages" });
    const node = { kind: "failure", parent: repositoryNode, error } as const;
    expect(rowItem(node).label).toMatch(/^AWS asks for fewer requests/);
    expect(rowItem({ ...node, error: new Error("odd") }).label).toContain("odd");
  });

  it("gives every row of a tree an id of its own", () => {
    const ids = [
      rowItem({ kind: "registry", location, isChosen: true, registryId: undefined }),
      rowItem(repositoryNode),
      rowItem(imageNode()),
      rowItem(imageNode({ digest: `sha256:${"1".repeat(64)}` })),
      rowItem({ kind: "more", repositoryNode, shown: 1, total: 2, isComplete: true }),
      rowItem({ kind: "empty", parent: repositoryNode }),
    ].map(({ id }) => id);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("rowTooltip", () => {
  it("is a table of what the row leaves out, data being plain text", () => {
    const { value = "" } = rowTooltip(imageNode({ tags: ["a_b"] })) ?? {};
    expect(value).toContain(`| Digest | sha256\\:${DIGEST.slice(7)} |`);
    expect(value).toContain("a\\_b");
    expect(value).not.toContain("Last pulled");
    expect(rowTooltip(repositoryNode)?.value).toContain("mutable");
  });

  it("names the tags that are exempt", () => {
    const tagMutability = { default: "immutable", exclusions: ["dev-*"] } as const;
    const node = { ...repositoryNode, repository: { ...repository, tagMutability } };
    expect(rowTooltip(node)?.value).toContain("immutable, except dev\\-\\*");
  });

  it("is left out where the row says all", () => {
    expect(rowTooltip({ kind: "empty", parent: repositoryNode })).toBeUndefined();
  });
});
