import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  ListTagsForResourceCommand,
  paginateDescribeRepositories,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
beforeAll(async () => {
  ecr = await RunningEcr.start();
});
afterAll(() => ecr.stop());

describe("repositories", () => {
  test("a new repository is described with dates, host and defaults", async () => {
    const created = await ecr
      .client()
      .send(new CreateRepositoryCommand({ repositoryName: "team/app_one" }));
    expect(created.repository).toMatchObject({
      repositoryArn: "arn:aws:ecr:eu-central-1:123456789012:repository/team/app_one",
      registryId: "123456789012",
      repositoryUri: `${ecr.host}/team/app_one`,
      imageTagMutability: "MUTABLE",
      encryptionConfiguration: { encryptionType: "AES256" },
    });
    expect(created.repository?.createdAt).toBeInstanceOf(Date);
    const described = await ecr
      .client()
      .send(new DescribeRepositoriesCommand({ repositoryNames: ["team/app_one"] }));
    expect(described.repositories).toEqual([created.repository]);
  });

  test("a name is taken only once", async () => {
    const command = new CreateRepositoryCommand({ repositoryName: "taken" });
    await ecr.client().send(command);
    await expect(ecr.client().send(command)).rejects.toMatchObject({
      name: "RepositoryAlreadyExistsException",
      message:
        "The repository with name 'taken' already exists in the registry with id '123456789012'",
    });
  });

  test.each(["a", "Upper", "-start", "end-", "two..dots", "a//b", "/a", "x".repeat(257)])(
    "the name %j is refused",
    async (repositoryName) => {
      const creation = ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
      await expect(creation).rejects.toMatchObject({
        name: "InvalidParameterException",
        message: expect.stringContaining("Invalid parameter at 'repositoryName'") as string,
      });
    },
  );

  test("accounts and regions have repositories of their own", async () => {
    const caller = { account: "999999999999", region: "us-gov-west-1" };
    const created = await ecr
      .client(caller)
      .send(new CreateRepositoryCommand({ repositoryName: "elsewhere" }));
    expect(created.repository?.repositoryArn).toBe(
      "arn:aws-us-gov:ecr:us-gov-west-1:999999999999:repository/elsewhere",
    );
    const description = ecr
      .client()
      .send(new DescribeRepositoriesCommand({ repositoryNames: ["elsewhere"] }));
    await expect(description).rejects.toMatchObject({
      name: "RepositoryNotFoundException",
      message:
        "The repository with name 'elsewhere' does not exist in the registry with id '123456789012'",
    });
  });

  test("a repository with images is deleted only by force", async () => {
    await ecr.client().send(new CreateRepositoryCommand({ repositoryName: "full" }));
    await (await ecr.registry()).pushImage("full", "v1", { layer: "one" });
    await expect(
      ecr.client().send(new DeleteRepositoryCommand({ repositoryName: "full" })),
    ).rejects.toMatchObject({
      name: "RepositoryNotEmptyException",
      message:
        "The repository with name 'full' in registry with id '123456789012' cannot be deleted because it still contains images",
    });
    const deleted = await ecr
      .client()
      .send(new DeleteRepositoryCommand({ repositoryName: "full", force: true }));
    expect(deleted.repository?.repositoryName).toBe("full");
    await expect(
      ecr.client().send(new DescribeRepositoriesCommand({ repositoryNames: ["full"] })),
    ).rejects.toMatchObject({ name: "RepositoryNotFoundException" });
  });

  test("pages hold 100 repositories unless asked otherwise", async () => {
    const caller = { account: "111111111111", region: "us-east-1" };
    await ecr.control.seed({ ...caller, repositories: 250, images: 0, prefix: "many" });
    const first = await ecr.client(caller).send(new DescribeRepositoriesCommand({}));
    expect(first.repositories).toHaveLength(100);
    const names: string[] = [];
    const pages = paginateDescribeRepositories({ client: ecr.client(caller), pageSize: 70 }, {});
    const sizes: number[] = [];
    for await (const page of pages) {
      sizes.push(page.repositories?.length ?? 0);
      names.push(...(page.repositories ?? []).map((each) => each.repositoryName ?? ""));
    }
    expect(sizes).toEqual([70, 70, 70, 40]);
    expect(new Set(names).size).toBe(250);
    expect(names).toEqual(names.toSorted());
  });

  test("paging is refused together with names, beyond 1000, and with a foreign token", async () => {
    for (const input of [
      { repositoryNames: ["taken"], maxResults: 1 },
      { repositoryNames: ["taken"], nextToken: "x" },
      { maxResults: 1001 },
      { maxResults: 0 },
      { nextToken: "made-up" },
      { repositoryNames: Array.from({ length: 101 }, () => "taken") },
    ]) {
      await expect(ecr.client().send(new DescribeRepositoriesCommand(input))).rejects.toMatchObject(
        {
          name: "InvalidParameterException",
        },
      );
    }
  });
});

describe("resource tags", () => {
  test("tags are listed, replaced and removed", async () => {
    const created = await ecr.client().send(
      new CreateRepositoryCommand({
        repositoryName: "tagged",
        tags: [{ Key: "team", Value: "blue" }],
      }),
    );
    const resourceArn = created.repository?.repositoryArn;
    const tags = [
      { Key: "team", Value: "red" },
      { Key: "stage", Value: "" },
    ];
    await ecr.client().send(new TagResourceCommand({ resourceArn, tags }));
    const list = new ListTagsForResourceCommand({ resourceArn });
    expect((await ecr.client().send(list)).tags).toEqual(tags);
    await ecr.client().send(new UntagResourceCommand({ resourceArn, tagKeys: ["team"] }));
    expect((await ecr.client().send(list)).tags).toEqual([{ Key: "stage", Value: "" }]);
    const many = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
    await expect(
      ecr.client().send(new TagResourceCommand({ resourceArn, tags: many })),
    ).rejects.toMatchObject({ name: "TooManyTagsException" });
    await expect(
      ecr.client().send(new TagResourceCommand({ resourceArn, tags: [{ Key: "", Value: "" }] })),
    ).rejects.toMatchObject({ name: "InvalidTagParameterException" });
    await expect(
      ecr.client().send(new ListTagsForResourceCommand({ resourceArn: "arn:aws:s3:::bucket" })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});
