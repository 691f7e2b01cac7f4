import { ECRClient, SetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import { beforeEach, describe, expect, it } from "vitest";
import type { LifecyclePreview } from "../../../src/core/repositories/lifecycle/lifecyclePreview.js";
import { previewLifecycle } from "../../../src/core/repositories/lifecycle/previewLifecycle.js";
import type { RepositoryRules } from "../../../src/core/repositories/repositoryRules.js";
import { ACCOUNT, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

const policyOf = (countNumber: number): string =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "Keep the newest images",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
        action: { type: "expire" },
      },
    ],
  });

let repository: string;
let rules: RepositoryRules;

beforeEach(async () => {
  const seed = { account: ACCOUNT, region: REGION, repositories: 1, images: 250 };
  repository = (await here.control.seed(seed)).first;
  ({ rules } = here.registry);
});

async function preview(policy: string): Promise<readonly LifecyclePreview[]> {
  const seen: LifecyclePreview[] = [];
  for await (const look of previewLifecycle(rules, repository, policy, here.signal)) {
    seen.push(look);
  }
  return seen;
}

describe("the lifecycle policy", () => {
  it("is put, read and deleted, and deleting none does nothing", async () => {
    await rules.deleteLifecyclePolicy(repository, here.signal);
    await rules.putLifecyclePolicy(repository, policyOf(3), here.signal);
    expect(await rules.readLifecyclePolicy(repository, here.signal)).toBe(policyOf(3));
    await rules.deleteLifecyclePolicy(repository, here.signal);
    expect(await rules.readLifecyclePolicy(repository, here.signal)).toBeUndefined();
  });

  it("that ECR does not take is refused in ECR's words", async () => {
    const text = "not a policy".padEnd(120);
    await expect(rules.putLifecyclePolicy(repository, text, here.signal)).rejects.toMatchObject({
      failure: {
        kind: "lifecycle-policy-rejected",
        repository,
        reason: expect.stringContaining("not valid JSON") as string,
      },
    });
    await expect(preview(text)).rejects.toMatchObject({
      failure: { kind: "lifecycle-policy-rejected" },
    });
  });

  it("of a repository that is gone, or without the right, fails with its kind", async () => {
    const put = rules.putLifecyclePolicy("none/such", policyOf(1), here.signal);
    await expect(put).rejects.toMatchObject({ failure: { kind: "repository-not-found" } });
    await here.control.denyAction("ecr:PutLifecyclePolicy");
    await expect(
      rules.putLifecyclePolicy(repository, policyOf(1), here.signal),
    ).rejects.toMatchObject({
      failure: { kind: "access-denied", action: "ecr:PutLifecyclePolicy" },
    });
  });
});

describe("a preview", () => {
  it("tells its counts at once, and all images page by page", async () => {
    const seen = await preview(policyOf(20));
    expect(seen.map(({ effects }) => effects.length)).toEqual([100, 200, 230]);
    expect(seen.map(({ expiring }) => expiring)).toEqual([230, 230, 230]);
    expect(seen.map(({ isComplete }) => isComplete)).toEqual([false, false, true]);
    expect(seen[0]?.effects[0]).toMatchObject({ effect: "expire", rulePriority: 1 });
    expect(seen[0]?.effects[0]?.pushedAt).toBeInstanceOf(Date);
    expect(await here.countOf("StartLifecyclePolicyPreview")).toBe(1);
    // The first look finds it at work.
    expect(await here.countOf("GetLifecyclePolicyPreview")).toBe(4);
    expect(await rules.readLifecyclePolicy(repository, here.signal)).toBeUndefined();
  });

  it("waits for one that is under way", async () => {
    const name = "LifecyclePolicyPreviewInProgressException";
    await here.control.failOperation("StartLifecyclePolicyPreview", name, "busy", 400, 1);
    expect(await preview(policyOf(240))).toHaveLength(1);
    expect(await here.countOf("StartLifecyclePolicyPreview")).toBe(2);
  });

  it("is none before anybody began one", async () => {
    const look = await rules.lookAtLifecyclePreview(repository, undefined, here.signal);
    expect(look).toEqual({ state: "none" });
  });

  it("outlives throttling", async () => {
    await here.control.throttle("GetLifecyclePolicyPreview", 2);
    expect(await preview(policyOf(240))).toHaveLength(1);
  });
});

describe("the repository policy and the scan settings", () => {
  it("are read as they are", async () => {
    expect(await rules.readRepositoryPolicy(repository, here.signal)).toBeUndefined();
    const statement = { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" };
    const policyText = JSON.stringify({ Statement: [statement] });
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: SECRET };
    const client = new ECRClient({ endpoint: here.local.origin, region: REGION, credentials });
    const set = { repositoryName: repository, policyText };
    await client.send(new SetRepositoryPolicyCommand(set));
    expect(await rules.readRepositoryPolicy(repository, here.signal)).toBe(policyText);
    expect(await rules.readScanSettings(repository, here.signal)).toEqual({
      frequency: "manual",
      filters: [],
    });
  });

  it("fail for a repository that is gone, and without the right", async () => {
    for (const read of [
      rules.readRepositoryPolicy("none/such", here.signal),
      rules.readScanSettings("none/such", here.signal),
    ]) {
      await expect(read).rejects.toMatchObject({ failure: { kind: "repository-not-found" } });
    }
    await here.control.denyAction("ecr:GetRepositoryPolicy");
    await expect(rules.readRepositoryPolicy(repository, here.signal)).rejects.toMatchObject({
      failure: { kind: "access-denied", action: "ecr:GetRepositoryPolicy" },
    });
  });
});
