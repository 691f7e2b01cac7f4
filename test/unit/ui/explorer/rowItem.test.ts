import { describe, expect, it } from "vitest";
import { EcrError, type Failure } from "../../../../src/core/errors.js";
import type { Image, Repository } from "../../../../src/core/registry.js";
import { rowItem, rowTooltip } from "../../../../src/ui/explorer/rowItem.js";
import type {
  ImageNode,
  NamespaceNode,
  RegistryNode,
  RepositoryNode,
} from "../../../../src/ui/explorer/registryNodes.js";

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

  it("shows a public registry by its host and alias, and says what it lacks", () => {
    const node: RegistryNode = {
      kind: "registry",
      location: { ...location, region: "us-east-1", service: "public" },
      isChosen: false,
      registryId: "123456789012",
      alias: "k8s1a2",
    };
    expect(rowItem(node)).toMatchObject({
      label: "prod · public.ecr.aws",
      description: "k8s1a2 · 1234-5678-9012",
      iconPath: { id: "globe" },
      contextValue: "registry;added",
    });
    expect(rowTooltip(node)?.value).toContain("no immutable tags");
    const held = { ...repositoryNode, location: node.location };
    expect(rowItem(held).contextValue).toBe("repository;public");
    const index = imageNode({ mediaType: "application/vnd.oci.image.index.v1+json" });
    const family = { image: index.image, platforms: [], attached: [] };
    expect(rowItem({ ...index, family }).collapsibleState).toBe(1);
    const inPublic = { ...index, family, location: node.location };
    expect(rowItem(inPublic).collapsibleState).toBe(0);
  });

  it.each<[string, Failure]>([
    ["sign in needed", { kind: "credentials-expired", profile: "prod" }],
    ["out of reach", { kind: "aws-unreachable", host: "api.ecr", region: "eu-west-1" }],
    ["can't be read", { kind: "profile-not-found", profile: "prod" }],
  ])("says %s on a registry's row, and more in its tooltip", (words, failure) => {
    const error = new EcrError(failure);
    const node: RegistryNode = {
      kind: "registry",
      location,
      isChosen: false,
      registryId: undefined,
      failure: { error },
    };
    expect(rowItem(node)).toMatchObject({
      description: words,
      iconPath: { id: "warning" },
      accessibilityInformation: { label: `Registry prod, eu-west-1, ${words}` },
    });
    expect(rowTooltip(node)?.value).toMatch(/Problem \| \w+/);
  });

  it("shows a namespace with its count, and where its repositories come from", () => {
    const node: NamespaceNode = {
      kind: "namespace",
      location,
      path: "team/web",
      count: 1_200,
      createsOnPush: true,
    };
    expect(rowItem(node)).toMatchObject({
      label: "web/",
      description: "1,200 · created on push",
      accessibilityInformation: {
        label: "Namespace team/web, 1,200 repositories, created on push",
      },
    });
    const copies = { ...node, createsOnPush: false, upstream: "registry-1.docker.io" };
    expect(rowItem(copies).description).toBe("1,200 · cache of docker.io");
  });

  it("shows what a name holds of what is looked for, and text of others as text", () => {
    const upstream = "[a](command:x) <b>**x**";
    const place = { matches: [[5, 8]] as [number, number][], isPinned: true, upstream };
    const item = rowItem({ ...repositoryNode, place });
    expect(item.label).toEqual({ label: "team/api", highlights: [[5, 8]] });
    expect(item).toMatchObject({
      iconPath: { id: "pinned" },
      contextValue: "repository;pinned",
      description: `cache of ${upstream}`,
    });
    const hostile = { ...repository, encryption: { type: upstream, key: "`|`" } };
    const { value, isTrusted } = rowTooltip({ ...repositoryNode, repository: hostile }) ?? {};
    expect(isTrusted).toBe(false);
    expect(value).toContain("\\[a\\]\\(command\\:x\\) \\<b\\>\\*\\*x\\*\\*, key \\`\\|\\`");
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

  it.each<[string, string, Image["findings"]]>([
    ["412 MB · now · 2 critical · 9f2c…e1", ", 2 critical findings", { critical: 2, low: 9 }],
    ["412 MB · now · 1 critical · 9f2c…e1", ", 1 critical finding", { critical: 1 }],
    ["412 MB · now · 9f2c…e1", "", { high: 3 }],
  ])("shows %s for what a scan found", (description, spoken, findings = {}) => {
    expect(rowItem(imageNode({ findings }))).toMatchObject({
      description,
      accessibilityInformation: { label: `Image 1.4.0, latest, 412 MB, just now${spoken}` },
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
    const more = {
      kind: "more",
      repositoryNode,
      shown: 100,
      total: 2314,
      isReading: true,
    } as const;
    expect(rowItem({ ...more, isComplete: true })).toMatchObject({
      description: "100 of 2,314",
      contextValue: "more",
    });
    expect(rowItem({ ...more, isComplete: false })).toMatchObject({
      description: "100 of 2,314, still reading",
      contextValue: "more;reading",
    });
    expect(rowItem({ ...more, isComplete: false, isReading: false })).toMatchObject({
      description: "100 of 2,314, reading stopped",
      contextValue: "more",
    });
  });

  it("says by what images are filtered, and how many fit", () => {
    const text = "$(bug) [x](command:y) \u202e";
    const node = { kind: "filter", repositoryNode, text, fitting: 12, known: 2314 } as const;
    expect(rowItem(node)).toMatchObject({
      label: `Filter: ${text}`,
      description: "12 of 2,314",
      contextValue: "filter",
      command: { arguments: [repositoryNode] },
    });
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
      rowItem({ kind: "filter", repositoryNode, text: "x", fitting: 1, known: 2 }),
      rowItem({
        kind: "more",
        repositoryNode,
        shown: 1,
        total: 2,
        isComplete: true,
        isReading: false,
      }),
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
