import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectFolder } from "../machine/folders.js";
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

test("the palette offers the push commands", async () => {
  const titles = JSON.parse(
    await readFile(path.join(projectFolder, "package.nls.json"), "utf8"),
  ) as Record<string, string>;
  const offered = await opened.workbench.quickInput.commands("ECR");
  expect(Object.values(titles)).toContain("Push to ECR…");
  expect(offered.join("\n")).toContain("Push to ECR…");
});
