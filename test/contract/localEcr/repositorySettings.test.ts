import {
  BatchGetRepositoryScanningConfigurationCommand,
  CreateRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  GetRepositoryPolicyCommand,
  PutImageScanningConfigurationCommand,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { RunningEcr } from "./runningEcr.js";

let ecr: RunningEcr;
let repositoryName: string;
let count = 0;

beforeAll(async () => {
  ecr = await RunningEcr.start();
});
afterAll(() => ecr.stop());
beforeEach(async () => {
  repositoryName = `settings/number-${++count}`;
  await ecr.client().send(new CreateRepositoryCommand({ repositoryName }));
});

test("a repository policy is kept, read and deleted", async () => {
  const statement = { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" };
  const policyText = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const get = new GetRepositoryPolicyCommand({ repositoryName });
  await expect(ecr.client().send(get)).rejects.toMatchObject({
    name: "RepositoryPolicyNotFoundException",
    message: `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '123456789012'`,
  });
  await ecr.client().send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  expect((await ecr.client().send(get)).policyText).toBe(policyText);
  await ecr.client().send(new DeleteRepositoryPolicyCommand({ repositoryName }));
  await expect(ecr.client().send(get)).rejects.toThrow();
});

test.each(["no policy", "{}", `{"Statement":[${"1,".repeat(6_000)}1]}`])(
  "a text that is no repository policy is refused",
  async (policyText) => {
    const set = new SetRepositoryPolicyCommand({ repositoryName, policyText });
    await expect(ecr.client().send(set)).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  },
);

test("scan settings are told for each repository, and what is not there is a failure", async () => {
  const on = { repositoryName, imageScanningConfiguration: { scanOnPush: true } };
  const get = new BatchGetRepositoryScanningConfigurationCommand({
    repositoryNames: [repositoryName, "none/such"],
  });
  expect((await ecr.client().send(get)).scanningConfigurations).toMatchObject([
    { repositoryName, scanOnPush: false, scanFrequency: "MANUAL" },
  ]);
  await ecr.client().send(new PutImageScanningConfigurationCommand(on));
  expect(await ecr.client().send(get)).toMatchObject({
    scanningConfigurations: [{ repositoryName, scanOnPush: true, scanFrequency: "SCAN_ON_PUSH" }],
    failures: [{ repositoryName: "none/such", failureCode: "REPOSITORY_NOT_FOUND" }],
  });
});
