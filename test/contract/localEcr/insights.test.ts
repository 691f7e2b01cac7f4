import {
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DescribeImageScanFindingsCommand,
  DescribeRepositoryCreationTemplatesCommand,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  ListImageReferrersCommand,
  paginateDescribeImageScanFindings,
  PutLifecyclePolicyCommand,
  StartImageScanCommand,
  StartLifecyclePolicyPreviewCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { scanFindings } from "../../localEcr/scanFindings.js";
import type { PushedImage, RegistryClient } from "./registryClient.js";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
let registry: RegistryClient;
let repositoryName: string;
let count = 0;

beforeAll(async () => {
  ecr = await RunningEcr.start();
  registry = await ecr.registry();
});
afterAll(() => ecr.stop());
beforeEach(async () => {
  repositoryName = `insights/number-${++count}`;
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
});

describe("scans", () => {
  test("a scan is in progress at the first look and complete at the second", async () => {
    const image = await pushImageWithFindings();
    const imageId = { imageDigest: image.digest };
    const describeScan = new DescribeImageScanFindingsCommand({ repositoryName, imageId });
    await expect(ecr.client().send(describeScan)).rejects.toMatchObject({
      name: "ScanNotFoundException",
    });
    const start = new StartImageScanCommand({ repositoryName, imageId });
    expect((await ecr.client().send(start)).imageScanStatus?.status).toBe("IN_PROGRESS");
    await expect(ecr.client().send(start)).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "The scan quota per image has been exceeded. Wait and try again.",
    });
    const first = await ecr.client().send(describeScan);
    expect(first.imageScanStatus?.status).toBe("IN_PROGRESS");
    const second = await ecr.client().send(describeScan);
    expect(second.imageScanStatus?.status).toBe("COMPLETE");
    expect(second.imageScanFindings?.imageScanCompletedAt).toBeInstanceOf(Date);
    const expected = scanFindings(image.digest).map((finding) => finding.name);
    const names: (string | undefined)[] = [];
    const pages = paginateDescribeImageScanFindings(
      { client: ecr.client(), pageSize: 2 },
      { repositoryName, imageId },
    );
    for await (const page of pages) {
      names.push(...(page.imageScanFindings?.findings ?? []).map((finding) => finding.name));
    }
    expect(names).toEqual(expected);
  });

  test("an index can't be scanned", async () => {
    const child = await registry.pushImage(repositoryName, undefined, { layer: "child" });
    await registry.pushIndex(repositoryName, "multi", [child]);
    const scan = new StartImageScanCommand({ repositoryName, imageId: { imageTag: "multi" } });
    await expect(ecr.client().send(scan)).rejects.toMatchObject({
      name: "UnsupportedImageTypeException",
    });
  });
});

describe("lifecycle policies", () => {
  const lifecyclePolicyText = JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "Keep the newest image",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
        action: { type: "expire" },
      },
    ],
  });

  test("a policy is kept, read and deleted", async () => {
    const get = new GetLifecyclePolicyCommand({ repositoryName });
    await expect(ecr.client().send(get)).rejects.toMatchObject({
      name: "LifecyclePolicyNotFoundException",
      message: `Lifecycle policy does not exist for the repository with name '${repositoryName}' in the registry with id '123456789012'`,
    });
    await ecr.client().send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    const policy = await ecr.client().send(get);
    expect(policy.lifecyclePolicyText).toBe(lifecyclePolicyText);
    expect(policy.lastEvaluatedAt).toBeInstanceOf(Date);
    await ecr.client().send(new DeleteLifecyclePolicyCommand({ repositoryName }));
    await expect(ecr.client().send(get)).rejects.toThrow();
  });

  test("a text that is no policy is refused", async () => {
    const put = new PutLifecyclePolicyCommand({
      repositoryName,
      lifecyclePolicyText: "not a policy".padEnd(120),
    });
    await expect(ecr.client().send(put)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("Lifecycle policy validation failure") as string,
    });
  });

  test("a preview names what would expire", async () => {
    const get = new GetLifecyclePolicyPreviewCommand({ repositoryName });
    await expect(ecr.client().send(get)).rejects.toMatchObject({
      name: "LifecyclePolicyPreviewNotFoundException",
    });
    const old = await registry.pushImage(repositoryName, "old", { layer: "old" });
    await registry.pushImage(repositoryName, "new", { layer: "new" });
    const start = new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText });
    expect((await ecr.client().send(start)).status).toBe("IN_PROGRESS");
    expect((await ecr.client().send(get)).status).toBe("IN_PROGRESS");
    const preview = await ecr.client().send(get);
    expect(preview.status).toBe("COMPLETE");
    expect(preview.summary?.expiringImageTotalCount).toBe(1);
    expect(preview.previewResults).toMatchObject([
      {
        imageDigest: old.digest,
        imageTags: ["old"],
        action: { type: "EXPIRE" },
        appliedRulePriority: 1,
        imagePushedAt: expect.any(Date) as Date,
      },
    ]);
  });
});

describe("referrers", () => {
  test("artifacts are listed with their subject on both planes", async () => {
    const image = await registry.pushImage(repositoryName, "v1", { layer: "image" });
    for (const artifactType of ["text/signature", "text/sbom", "text/other"]) {
      await registry.pushImage(repositoryName, undefined, {
        layer: artifactType,
        subject: image.digest,
        artifactType,
      });
    }
    const list = (
      input: object,
    ): Promise<{
      referrers?: { artifactType?: string | undefined }[] | undefined;
      nextToken?: string | undefined;
    }> =>
      ecr.client().send(
        new ListImageReferrersCommand({
          repositoryName,
          subjectId: { imageDigest: image.digest },
          ...input,
        }),
      );
    const first = await list({ maxResults: 2 });
    const second = await list({ maxResults: 2, nextToken: first.nextToken });
    const types = [...(first.referrers ?? []), ...(second.referrers ?? [])];
    expect(types.map((each) => each.artifactType)).toEqual([
      "text/signature",
      "text/sbom",
      "text/other",
    ]);
    expect(second.nextToken).toBeUndefined();
    const filtered = await list({ filter: { artifactTypes: ["text/sbom"] } });
    expect(filtered.referrers).toHaveLength(1);
    await expect(list({ maxResults: 51 })).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    const path = `/v2/${repositoryName}/referrers/${image.digest}?artifactType=text/sbom`;
    const response = await registry.send(path);
    expect(response.headers.get("oci-filters-applied")).toBe("artifactType");
    expect(await response.json()).toMatchObject({ manifests: [{ artifactType: "text/sbom" }] });
  });
});

describe("creation templates", () => {
  test("a push to a missing repository creates it where a template says so", async () => {
    const caller = { account: "222222222222", region: "us-east-1" };
    const pusher = await ecr.registry(caller);
    await expect(pusher.pushImage("auto/app", "v1", { layer: "x" })).rejects.toThrow(
      "NAME_UNKNOWN",
    );
    await ecr.control.createOnPush({ ...caller, prefix: "auto", tagMutability: "IMMUTABLE" });
    await pusher.pushImage("auto/app", "v1", { layer: "x" });
    await expect(pusher.pushImage("other", "v1", { layer: "x" })).rejects.toThrow("NAME_UNKNOWN");
    const client = ecr.client(caller);
    const described = await client.send(new DescribeRepositoryCreationTemplatesCommand({}));
    expect(described.repositoryCreationTemplates).toMatchObject([
      { prefix: "auto", appliedFor: ["CREATE_ON_PUSH"], imageTagMutability: "IMMUTABLE" },
    ]);
    await expect(
      client.send(new DescribeRepositoryCreationTemplatesCommand({ prefixes: ["nope"] })),
    ).rejects.toMatchObject({ name: "TemplateNotFoundException" });
  });
});

/** Pushes images until one has at least three findings, which its digest decides. */
async function pushImageWithFindings(): Promise<PushedImage> {
  for (let number = 0; ; number++) {
    const image = await registry.pushImage(repositoryName, "scanned", { layer: `try ${number}` });
    if (scanFindings(image.digest).length >= 3) return image;
  }
}
