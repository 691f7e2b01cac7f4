import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

let opened: OpenedWorkbench;
beforeAll(async () => {
  opened = await openWorkbench();
});
afterAll(() => opened.close());

test("a right-click on a Dockerfile puts its image into ECR and into the sidebar", async () => {
  const { workbench, ecr } = opened;
  const { explorer, quickInput, notifications, sidebar, statusBar } = workbench;

  await explorer.expand("site");
  await explorer.choose("Dockerfile", "Push to ECR…");

  await quickInput.waitForTitle(/^Push to ECR/);
  await eventually(async () => {
    expect(await quickInput.labels()).toEqual(["Create “site”…"]);
  });
  expect(await quickInput.placeholder()).toContain("local · eu-west-1");
  await workbench.screenshot("push-1-repository");
  await quickInput.type("team/site");
  await eventually(async () => {
    expect(await quickInput.labels()).toEqual(["Create “team/site”…"]);
  });
  await workbench.screenshot("push-2-create");
  await quickInput.pick("Create “team/site”…");

  await eventually(async () => {
    expect(await quickInput.labels()).toEqual(["Mutable tags", "Immutable tags"]);
  });
  await workbench.screenshot("push-3-mutability");
  await quickInput.pick("Mutable tags");

  await eventually(async () => {
    const [commit] = await quickInput.rows();
    expect(commit?.label).toMatch(/^[0-9a-f]{7}$/);
    expect(commit?.description).toBe("git commit");
  });
  await workbench.screenshot("push-4-tags");
  await quickInput.type("1.0.0");
  await workbench.screenshot("push-5-typed-tag");
  await quickInput.accept();

  await eventually(async () => {
    expect(await quickInput.labels()).toEqual([
      "Fargate, ECS or EKS on x86-64",
      "Fargate, ECS or EKS on ARM64",
      "Lambda on x86-64",
      "Lambda on ARM64",
      "SageMaker",
      "Anything, on this engine's platform",
    ]);
  });
  await workbench.screenshot("push-6-runs-on");
  await quickInput.pick("Fargate, ECS or EKS on x86-64");
  await eventually(async () => {
    expect(await quickInput.placeholder()).toContain("Build context");
  });
  await workbench.screenshot("push-7-context");
  await quickInput.pick("workspace/site");

  const done = await notifications.waitFor(/is in ECR/, 60_000);
  expect(done).toMatch(/^team\/site:1\.0\.0 is in ECR \(\d+ k?B, linux\/amd64, \d+ s\)\.$/);
  await workbench.screenshot("push-8-done");
  expect(await notifications.buttons(/is in ECR/)).toEqual([
    "Copy Digest URI",
    "Show in Sidebar",
    "Show Log",
  ]);
  await notifications.press(/is in ECR/, "Show in Sidebar");

  const tree = sidebar.view("Registries");
  await tree.waitFor("1.0.0");
  const rows = await tree.rows();
  await workbench.screenshotInAllThemes("sidebar");
  expect(rows.map(({ label }) => label)).toEqual(["local · eu-west-1", "team/site", "1.0.0"]);
  expect(rows[2]?.description).toMatch(/^\d+ k?B · now · [0-9a-f]{4}…[0-9a-f]{2}$/);
  expect((await statusBar.item("status"))?.text).toMatch(/^ECR local 11 h$/);
  expect(ecr.origin).toContain("127.0.0.1");
});
