import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectFolder } from "../machine/folders.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

let opened: OpenedWorkbench;
beforeAll(async () => {
  opened = await openWorkbench();
});
afterAll(() => opened.close());

test("the workbench opens on the sample workspace", async () => {
  expect(await opened.workbench.explorer.labels()).toEqual(["api", "site", "README.md"]);
  await opened.workbench.screenshot("workbench");
});

test("the palette offers to push", async () => {
  const titles = JSON.parse(
    await readFile(path.join(projectFolder, "package.nls.json"), "utf8"),
  ) as Record<string, string>;
  expect(Object.values(titles)).toContain("Push to ECR…");
  await eventually(async () => {
    const offered = await opened.workbench.quickInput.commands("Push to ECR");
    expect(offered).toContain("ECR: Push to ECR…");
  });
});

test("the menu of a Dockerfile offers to push, the menu of another file doesn't", async () => {
  const { explorer, menu } = opened.workbench;
  await explorer.expand("site");
  expect(await explorer.openMenu("Dockerfile")).toContain("Push to ECR…");
  await opened.workbench.screenshot("menu");
  await menu.close();
  expect(await explorer.openMenu("README.md")).not.toContain("Push to ECR…");
  await menu.close();
});
