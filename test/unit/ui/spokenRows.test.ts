import { describe, expect, it } from "vitest";
import type { TreeItem } from "vscode";
import { advanceSteps, type BuildSteps } from "../../../src/core/build/buildSteps.js";
import type { ContextContents, ContextNode } from "../../../src/core/context/contextContents.js";
import type { LocalImage } from "../../../src/core/enginePorts.js";
import { EcrError } from "../../../src/core/errors.js";
import { pushNotBegun } from "../../../src/core/push/pushProgress.js";
import type { Image, Repository } from "../../../src/core/registry.js";
import type { BuildRecord } from "../../../src/ui/buildHistory.js";
import { buildChildren, type BuildTreeNode, partChildren } from "../../../src/ui/buildNodes.js";
import {
  buildFailureRow,
  buildRow,
  stageRow,
  statusRow,
  stepRow,
} from "../../../src/ui/buildRows.js";
import { childRows, contextItem } from "../../../src/ui/context/contextRows.js";
import type { ImageNode, RegistryTreeNode } from "../../../src/ui/explorer/registryNodes.js";
import { rowItem } from "../../../src/ui/explorer/rowItem.js";
import { localItem } from "../../../src/ui/localImages/localImageItems.js";
import type { LocalImagesNode } from "../../../src/ui/localImages/localImageNodes.js";
import { after, stepSays } from "../../fakes/buildSays.js";
import { digestOf } from "../../fakes/digestOf.js";

/** Marks that are for the eye: a screen reader spells them out, or passes over them. */
const SYMBOLS = /[·•…→←↑↓⇡⚠★✓✗|]|\$\(|\p{Extended_Pictographic}/u;

/** Fails unless a row says in words what it is. */
function expectSpoken(item: TreeItem): string {
  const label = item.accessibilityInformation?.label;
  expect(label, `the row ${JSON.stringify(item.label)} has no words`).toBeDefined();
  expect(label).toMatch(/\p{L}{2,}/u);
  expect(label).not.toMatch(SYMBOLS);
  expect(label).not.toMatch(/,\s*(,|$)|undefined/);
  return label ?? "";
}

const location = { profile: "prod", region: "eu-west-1", endpoint: undefined };
const repository: Repository = {
  name: "team/api",
  arn: "arn:aws:ecr:eu-west-1:123456789012:repository/team/api",
  registryId: "123456789012",
  uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api",
  createdAt: new Date(0),
  tagMutability: { default: "immutable", exclusions: ["dev-*"] },
};
const image: Image = {
  digest: digestOf("image"),
  tags: ["1.4.0", "latest"],
  sizeBytes: 412_000_000,
  pushedAt: new Date(),
  lastPulledAt: new Date(),
  mediaType: "application/vnd.oci.image.index.v1+json",
  artifactMediaType: undefined,
  status: "archived",
};
const imageNode: ImageNode = { kind: "image", location, repository, image };
const repositoryNode = { kind: "repository", location, repository } as const;
const registryNode = { kind: "registry", location, isChosen: true, registryId: undefined } as const;
const within = (role: NonNullable<ImageNode["within"]>["role"], platform?: string): ImageNode => ({
  ...imageNode,
  within: { parent: imageNode, role, platform },
});
const failure = new EcrError({
  kind: "repository-not-found",
  repository: "a",
  registryId: undefined,
});

const namespaceNode = { kind: "namespace", location, path: "team", count: 12 } as const;

/** One row at least for each kind: a kind that is missing here does not compile. */
const registryRows: { readonly [K in RegistryTreeNode["kind"]]: readonly RegistryTreeNode[] } = {
  registry: [
    registryNode,
    { ...registryNode, isChosen: false, registryId: "123456789012" },
    { ...registryNode, failure: { error: failure } },
  ],
  namespace: [true, false].map((createsOnPush) => ({ ...namespaceNode, createsOnPush })),
  repository: [
    repositoryNode,
    { ...repositoryNode, place: { namespace: "team", isPinned: true, upstream: "docker.io" } },
  ],
  image: [
    imageNode,
    { ...imageNode, image: { ...image, tags: [], mediaType: undefined, status: "active" } },
    within("platform", "linux/arm64"),
    within("platform"),
    ...(["attestation", "signature", "sbom", "artifact"] as const).map((role) => within(role)),
  ],
  caches: [{ kind: "caches", repositoryNode, images: [image, image] }],
  more: [true, false].map((isComplete) => ({
    kind: "more" as const,
    repositoryNode,
    shown: 100,
    total: 2314,
    isComplete,
    isReading: !isComplete,
  })),
  moreRepositories: [true, false].map((isComplete) => ({
    kind: "moreRepositories" as const,
    parent: registryNode,
    shown: 1000,
    total: 10_000,
    isComplete,
  })),
  filter: [{ kind: "filter", repositoryNode, text: "1.", fitting: 2, known: 1234 }],
  failure: [{ kind: "failure", parent: repositoryNode, error: failure }],
  empty: [
    { kind: "empty", parent: repositoryNode },
    { kind: "empty", parent: registryNode },
  ],
};

const local: LocalImage = {
  id: digestOf("local"),
  references: ["api:dev", "api:latest", "shop:1"],
  digests: [],
  sizeBytes: 412_000_000,
  createdAt: new Date(),
  platform: undefined,
};
const places = [{ uri: repository.uri, tags: ["1.4.0"], isSeen: true }];
const localRows: { readonly [K in LocalImagesNode["kind"]]: readonly LocalImagesNode[] } = {
  localImage: [
    { kind: "localImage", image: local, platform: "linux/amd64", places },
    { kind: "localImage", image: { ...local, references: [] }, platform: undefined, places: [] },
    {
      kind: "localImage",
      image: { ...local, references: [], digests: [`${repository.uri}@${image.digest}`] },
      platform: undefined,
      places: [],
    },
  ],
  dangling: [
    { kind: "dangling", images: [local] },
    { kind: "dangling", images: [local, local] },
  ],
};

describe("what a screen reader says of the rows of", () => {
  it.each(Object.entries(registryRows))("registries: %s", (_, nodes) => {
    for (const node of nodes) expectSpoken(rowItem(node));
  });

  it.each(Object.entries(localRows))("local images: %s", (_, nodes) => {
    for (const node of nodes) expectSpoken(localItem(node));
  });

  it("registries: that tags can't move, and that an image is archived, is a word", () => {
    expect(expectSpoken(rowItem(repositoryNode))).toMatch(/immutable/);
    expect(expectSpoken(rowItem(imageNode))).toMatch(/archived/);
  });

  it("builds", () => {
    const place = { stage: "app", stageIndex: 0, index: 1, total: 2, text: "RUN make" };
    const steps = [
      stepSays("1", { state: "done", to: 3, place }),
      stepSays("2", { name: "[internal] load build context" }),
      { type: "status", step: "2", id: image.digest, doneBytes: 10, totalBytes: 20 } as const,
      stepSays("3", { state: "waiting", place: { stage: "tests", stageIndex: 1 } }),
    ].reduce<BuildSteps>(advanceSteps, new Map());
    const build: BuildRecord = {
      id: "build 1",
      name: "team/api:1.4.0",
      dockerfile: "/shop/Dockerfile",
      again: () => undefined,
      startedAt: after(0),
      endedAt: undefined,
      state: "running",
      progress: { ...pushNotBegun, steps },
      failure: { kind: "engine-disk-full", operation: "build" },
      digestUri: undefined,
    };
    const kinds = new Set<BuildTreeNode["kind"]>();
    const walk = (nodes: readonly BuildTreeNode[]): void => {
      for (const node of nodes) {
        kinds.add(node.kind);
        expectSpoken(rowOf(node));
        if (node.kind === "build-stage" || node.kind === "build-step") walk(partChildren(node));
      }
    };
    expectSpoken(buildRow(build, after(41)));
    walk(buildChildren(build));
    expect([...kinds].sort()).toEqual([
      "build-failure",
      "build-stage",
      "build-status",
      "build-step",
    ]);
  });

  it("build contexts", () => {
    const entry = (path: string, state: ContextNode["state"], isFolder: boolean): ContextNode => ({
      path,
      isFolder,
      state,
      files: 3,
      bytes: 4_000_000,
      children: [],
      rest: { entries: 0, files: 0, bytes: 0 },
    });
    const tree: ContextNode = {
      ...entry("", "sent", true),
      children: [
        entry("data", "sent", true),
        entry("id_rsa", "sent", false),
        entry("node_modules", "ignored", true),
        entry("locked", "unreadable", false),
      ],
      rest: { entries: 1234, files: 2000, bytes: 10_000 },
    };
    const contents: ContextContents = {
      root: "/shop",
      ignoreFile: "/shop/.dockerignore",
      isWhole: false,
      sentBy: [],
      files: 3,
      bytes: 8_000_000,
      ignored: 1,
      tree,
      findings: [{ path: "id_rsa", isFolder: false, why: "private-key", files: 1, bytes: 9 }],
    };
    const rows = childRows(tree);
    expect(rows).toHaveLength(5);
    for (const row of rows) expectSpoken(contextItem(row, contents));
  });
});

function rowOf(node: BuildTreeNode): TreeItem {
  switch (node.kind) {
    case "build":
      throw new Error("a build is a root");
    case "build-stage":
      return stageRow(node);
    case "build-step":
      return stepRow(node, after(41));
    case "build-status":
      return statusRow(node);
    case "build-failure":
      return buildFailureRow(node);
  }
}
