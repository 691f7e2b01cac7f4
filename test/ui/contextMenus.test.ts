import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

let opened: OpenedWorkbench;
const dockerfiles = ["Dockerfile", "Containerfile", "api.Dockerfile", "Dockerfile.dev"];
const others = ["README.md", "Dockerfile.dockerignore"];
const entries = ["Push to ECR…", "Push to ECR Again", "Build Image…"];

beforeAll(async () => {
  const names = [...dockerfiles, "Dockerfile.dockerignore"];
  const text = "FROM scratch\nCOPY site/public /\n";
  opened = await openWorkbench({ files: Object.fromEntries(names.map((name) => [name, text])) });
  await opened.workbench.explorer.waitFor("Dockerfile.dockerignore");
});
afterAll(() => opened.close());

test("the questions of a push are answered by keyboard alone", async () => {
  const { page, quickInput, notifications } = opened.workbench;
  await page.keyboard.press("F1");
  await quickInput.waitForRow(/./);
  await page.keyboard.type("ECR: Push to ECR…");
  await eventually(async () => {
    expect((await quickInput.labels())[0]).toBe("ECR: Push to ECR…");
  });
  await page.keyboard.press("Enter");
  await quickInput.waitForQuestion(/^Dockerfile$/);
  await goTo("site/Dockerfile");
  await page.keyboard.press("Enter");
  await quickInput.waitForQuestion(/^Repository in /);
  await page.keyboard.type("team/keys");
  await quickInput.waitForRow("Create “team/keys”…");
  await page.keyboard.press("Enter");
  await quickInput.waitForQuestion(/^Tags of the new repository team\/keys/);
  await goTo("Immutable tags");
  await page.keyboard.press("Enter");
  await quickInput.waitForQuestion(/^Tags for team\/keys/);
  await page.keyboard.type("typed");
  await quickInput.waitForRow("typed");
  await page.keyboard.press("Enter");
  await quickInput.waitForQuestion(/Where will it run/);
  await goTo("Fargate, ECS or EKS on x86-64");
  await page.keyboard.press("Enter");
  await quickInput.waitForQuestion(/^Build context/);
  await goTo("workspace/site");
  await page.keyboard.press("Enter");
  await notifications.waitFor(/^team\/keys:typed is in ECR/);
  const contents = new EcrContents(opened.ecr.origin);
  expect(await contents.digestOf("team/keys", "typed")).toMatch(/^sha256:/);
});

test.each(dockerfiles)("%s has the commands in Explorer, tab and editor", async (name) => {
  const { explorer, page } = opened.workbench;
  expect(await explorer.openMenu(name)).toEqual(expect.arrayContaining(entries));
  await opened.workbench.menu.close();
  await show(name);
  expect(await menuAt(page.locator(".part.editor .tab.active"))).toEqual(
    expect.arrayContaining(entries),
  );
  expect(await menuAt(page.locator(".part.editor .view-lines").first())).toEqual(
    expect.arrayContaining(entries),
  );
});

test.each(others)("%s has none of them", async (name) => {
  const { explorer, page } = opened.workbench;
  const inExplorer = await explorer.openMenu(name);
  await opened.workbench.menu.close();
  await show(name);
  const inTab = await menuAt(page.locator(".part.editor .tab.active"));
  const inEditor = await menuAt(page.locator(".part.editor .view-lines").first());
  for (const labels of [inExplorer, inTab, inEditor]) {
    expect(labels).toContain(labels === inEditor ? "Copy" : "Copy Path");
    expect(labels.filter((label) => entries.includes(label))).toEqual([]);
  }
});

/** Moves to a row with the arrow keys, from wherever the question starts. */
async function goTo(label: string): Promise<void> {
  const { page, quickInput } = opened.workbench;
  await quickInput.waitForRow(label);
  for (let moves = 0; (await quickInput.focused()) !== label; moves += 1) {
    if (moves > 20) throw new Error(`no arrow key leads to ${label}`);
    await page.keyboard.press("ArrowDown");
  }
}

/** Opens a file in the editor by a click in the Explorer. */
async function show(name: string): Promise<void> {
  await opened.workbench.explorer.click(name);
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe(name);
  });
}

async function menuAt(target: Locator): Promise<readonly string[]> {
  await opened.workbench.menu.open(target);
  const labels = await opened.workbench.menu.labels();
  await opened.workbench.menu.close();
  return labels;
}
