import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeAwsConfig } from "../playground/writeAwsConfig.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

let opened: OpenedWorkbench;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-no-aws-"));
  opened = await openWorkbench({
    settings: { "ecr.profile": "" },
    env: {
      AWS_CONFIG_FILE: path.join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    },
  });
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

test("an empty sidebar leads from no region over no credentials to the first repository", async () => {
  const { sidebar, quickInput } = opened.workbench;
  await sidebar.open("ECR");
  expect(await sidebar.welcome("Registries")).toMatch(/^No AWS region is set\./);
  await opened.workbench.screenshot("welcome-1-no-region");

  await sidebar.pressWelcome("Registries", "Choose Profile or Region…");
  await quickInput.pick("Default credentials");
  await quickInput.waitForQuestion(/^AWS region/);
  await quickInput.type("eu-west-1");
  await quickInput.accept();
  await sidebar.waitForWelcome("Registries", /^No AWS credentials found on this host\./);
  await opened.workbench.screenshotInAllThemes("welcome-2-no-credentials");

  await writeAwsConfig(folder, opened.ecr.origin);
  await sidebar.pressWelcome("Registries", "Choose Profile…");
  await quickInput.pick("local");
  await quickInput.waitForQuestion(/^AWS region/);
  await quickInput.accept();
  await sidebar.waitForWelcome("Registries", /^No repositories in this registry\./);
  await opened.workbench.screenshot("welcome-3-no-repositories");

  await sidebar.pressWelcome("Registries", "Create Repository…");
  await quickInput.waitForTitle("Create Repository (1/3)");
  await quickInput.type("team/first");
  await quickInput.accept();
  await quickInput.pick("Mutable tags");
  await quickInput.waitForQuestion(/^Create team\/first\?/);
  await quickInput.accept();
  await sidebar.view("Registries").waitFor("team/first");
});
