import {
  DescribeRepositoriesCommand,
  ECRClient,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import { expect, it } from "vitest";
import { ACCOUNT, REGION, SECRET, useLocalRegistry } from "../localRegistry.js";

const here = useLocalRegistry();

/** What ECR keeps of a repository, asked with AWS's own client. */
async function describeRepository(name: string): Promise<Record<string, unknown>> {
  const client = new ECRClient({
    region: REGION,
    endpoint: here.local.origin,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
  });
  const { repositories = [] } = await client.send(
    new DescribeRepositoriesCommand({ repositoryNames: [name] }),
  );
  const [found] = repositories;
  const resourceArn = found?.repositoryArn;
  const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
  client.destroy();
  return { ...found, tags };
}

it("a new repository gets what was chosen for it", async () => {
  const kmsKey = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const created = await here.registry.createRepository(
    {
      name: "team/api",
      tagMutability: "immutable",
      exclusions: ["latest", "dev-*"],
      scanOnPush: true,
      kmsKey,
      resourceTags: [
        ["team", "shop"],
        ["stage", ""],
      ],
    },
    here.signal,
  );
  expect(created.tagMutability).toEqual({ default: "immutable", exclusions: ["latest", "dev-*"] });
  expect(await describeRepository("team/api")).toMatchObject({
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: { encryptionType: "KMS", kmsKey },
    tags: [
      { Key: "team", Value: "shop" },
      { Key: "stage", Value: "" },
    ],
  });
});

it("a new repository is as ECR makes it where nothing was chosen", async () => {
  await here.registry.createRepository(
    { name: "team/plain", tagMutability: "mutable" },
    here.signal,
  );
  expect(await describeRepository("team/plain")).toMatchObject({
    imageTagMutability: "MUTABLE",
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: "AES256" },
    tags: [],
  });
  await here.registry.createRepository(
    { name: "team/kms", tagMutability: "mutable", kmsKey: "aws/ecr" },
    here.signal,
  );
  const { encryptionConfiguration } = await describeRepository("team/kms");
  expect(encryptionConfiguration).toEqual({ encryptionType: "KMS" });
});

it("a repository that holds images stays without force, and says why", async () => {
  const place = { account: ACCOUNT, region: REGION };
  const { first } = await here.control.seed({ ...place, repositories: 1, images: 1 });
  await expect(
    here.registry.changes.deleteRepository(first, false, here.signal),
  ).rejects.toMatchObject({ failure: { kind: "repository-not-empty", repository: first } });
  await here.registry.changes.deleteRepository(first, true, here.signal);
  await expect(
    here.registry.changes.deleteRepository(first, true, here.signal),
  ).rejects.toMatchObject({ failure: { kind: "repository-not-found", repository: first } });
});
