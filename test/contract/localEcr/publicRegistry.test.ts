import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRegistriesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
} from "@aws-sdk/client-ecr-public";
import { DescribeRepositoriesCommand as DescribePrivateCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RegistryClient } from "./registryClient.js";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
beforeAll(async () => {
  ecr = await RunningEcr.start();
});
afterAll(() => ecr.stop());

test("a public repository has the account's alias in its URI alone", async () => {
  const { registries } = await ecr.publicClient().send(new DescribeRegistriesCommand({}));
  const alias = registries?.[0]?.aliases?.[0]?.name ?? "";
  const { repository } = await ecr
    .publicClient()
    .send(new CreateRepositoryCommand({ repositoryName: "team/site" }));
  expect(repository).toMatchObject({
    repositoryName: "team/site",
    repositoryArn: "arn:aws:ecr-public::123456789012:repository/team/site",
    repositoryUri: `${ecr.host}/${alias}/team/site`,
  });
  const listed = await ecr.publicClient().send(new DescribeRepositoriesCommand({}));
  expect(listed.repositories).toEqual([repository]);
  expect((await ecr.client().send(new DescribePrivateCommand({}))).repositories).toEqual([]);
});

test("what is pushed with a public token is in the public registry", async () => {
  const client = ecr.publicClient({ account: "210987654321" });
  await client.send(new CreateRepositoryCommand({ repositoryName: "site" }));
  const { repositories = [] } = await client.send(new DescribeRepositoriesCommand({}));
  const name = repositories[0]?.repositoryUri?.slice(ecr.host.length + 1) ?? "";
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  const login = Buffer.from(authorizationData?.authorizationToken ?? "", "base64").toString();
  const registry = new RegistryClient(ecr.server.origin, login.slice("AWS:".length));
  const image = await registry.pushImage(name, "v1", { layer: "layer" });
  const described = await client.send(new DescribeImagesCommand({ repositoryName: "site" }));
  expect(described.imageDetails).toMatchObject([{ imageDigest: image.digest, imageTags: ["v1"] }]);
});

test("refusals name the repository as the API does", async () => {
  await expect(
    ecr.publicClient().send(new DescribeImagesCommand({ repositoryName: "absent" })),
  ).rejects.toMatchObject({
    name: "RepositoryNotFoundException",
    message:
      "The repository with name 'absent' does not exist in the registry with id '123456789012'",
  });
});

test("other regions than the one have no public registry", async () => {
  await expect(
    ecr.publicClient({ region: "eu-west-1" }).send(new DescribeRegistriesCommand({})),
  ).rejects.toMatchObject({ name: "UnsupportedCommandException" });
});

test("a denied action is one of ECR Public, and leaves the other service alone", async () => {
  await ecr.control.denyAction("ecr-public:DescribeRepositories");
  await expect(ecr.publicClient().send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject({
    message: expect.stringContaining("perform: ecr-public:DescribeRepositories") as string,
  });
  expect((await ecr.client().send(new DescribePrivateCommand({}))).repositories).toEqual([]);
  await ecr.control.reset();
});
