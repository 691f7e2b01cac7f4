import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { removeImages } from "./removeImages.js";

const engineHost = process.env["ECR_TEST_DOCKER_HOSTS"]?.split(",")[0] ?? "";
const local = `ui-${String(process.pid)}/context`;
const DOCKERFILE = "all.Dockerfile";
let opened: OpenedWorkbench;

beforeAll(async () => {
  opened = await openWorkbench({
    settings: { "ecr.contextWarningMB": 1 },
    files: { [`site/${DOCKERFILE}`]: "FROM scratch\nCOPY . /all\n" },
  });
  await write("data/2025/sales.csv", randomBytes(2_000_000));
  await write("data/readme.txt", "x");
  await write(".env", "PASSWORD=x\n");
  await write("web/node_modules/a/index.js", "x".repeat(70_000));
  await opened.workbench.explorer.expand("site");
});
afterAll(async () => {
  await opened.close();
  await removeImages(engineHost, local);
});
afterEach(async () => {
  await opened.workbench.page.keyboard.press("Escape");
  await opened.workbench.clearNotifications();
});

async function write(name: string, content: string | Uint8Array): Promise<void> {
  const file = path.join(opened.workspaceFolder, "site", name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

function readIgnoreFile(): Promise<string> {
  return readFile(path.join(opened.workspaceFolder, "site/.dockerignore"), "utf8");
}

/** Asks for a local image, and answers the questions before the build. */
async function build(tag: string): Promise<void> {
  const { explorer, quickInput } = opened.workbench;
  await explorer.choose(DOCKERFILE, "Build Image…");
  await quickInput.waitForTitle("Build Image (1/3)");
  await quickInput.type(`${local}:${tag}`);
  await quickInput.accept();
  await quickInput.waitForQuestion(/Where will it run/);
  await quickInput.pick("This engine's platform");
  await quickInput.waitForQuestion(/^Build context/);
  await quickInput.pick("workspace/site");
}

test("a push shows a large context with its secrets, and can leave them out", async () => {
  const { explorer, quickInput, notifications } = opened.workbench;
  await explorer.choose(DOCKERFILE, "Push to ECR…");
  await answerPushQuestions(opened.workbench, {
    repository: "team/all",
    create: "Mutable tags",
    tag: "1.0.0",
    context: "workspace/site",
  });
  await quickInput.waitForTitle(/^Build context: 8 files · 2 MB · sent by COPY \.$/);
  expect(await quickInput.placeholder()).toBe("It is larger than 1 MB and holds .env");
  const rows = await quickInput.rows();
  expect(rows.map(({ label, description }) => [label, description])).toEqual([
    ["Add to .dockerignore…", ".env"],
    ["Send Anyway", "not asked again for the same"],
    ["Cancel", ""],
    [".env", "11 B · environment file, often with passwords"],
    ["web/node_modules", expect.stringMatching(/^70 kB · 1 file · packages/)],
    ["data/2025", "2 MB · 97 % · 1 file"],
  ]);
  expect(rows.map(({ separator }) => separator)).toEqual([
    "",
    "",
    "",
    "better not sent",
    "",
    "biggest",
  ]);
  await opened.workbench.screenshot("context-question");
  await quickInput.accept();
  await quickInput.waitForTitle("Add to site/.dockerignore");
  await eventually(async () => {
    expect(await quickInput.ticked()).toEqual([".env"]);
  });
  await quickInput.tick("data/2025");
  await opened.workbench.screenshot("context-ignore");
  await quickInput.accept();
  await notifications.waitFor(/^team\/all:1\.0\.0 is in ECR/);
  expect(await readIgnoreFile()).toBe("*.md\n.env\ndata/2025\n");
});

test("what was sent anyway is not asked again, but a new finding is", async () => {
  const { quickInput, notifications } = opened.workbench;
  await write("prod.env", "PASSWORD=x\n");
  await build("one");
  await quickInput.waitForTitle(/^Build context: /);
  expect(await quickInput.placeholder()).toBe("It holds prod.env");
  await quickInput.pick("Send Anyway");
  await notifications.waitFor(`${local}:one is built.`);

  await build("two");
  await notifications.waitFor(`${local}:two is built.`);

  await write("id_rsa", "-----BEGIN PRIVATE KEY-----\n");
  await build("three");
  await quickInput.waitForTitle(/^Build context: /);
  expect((await quickInput.rows())[0]?.description).toBe("id_rsa, prod.env");
  await quickInput.cancel();
  await notifications.waitUntilGone(/^Build /);
  await build("three");
  await quickInput.waitForTitle(/^Build context: /);
  await quickInput.pick("Cancel");
  await notifications.waitUntilGone(/^Build /);
  expect(await notifications.texts()).not.toContain(`${local}:three is built.`);
});

test("Show Build Context is a tree, biggest first, whose rows can be ignored", async () => {
  const { workbench } = opened;
  const { explorer, sidebar } = workbench;
  await write("closed/a.txt", "x");
  await explorer.choose(DOCKERFILE, "Show Build Context");
  const tree = sidebar.view("Build Context");
  await tree.waitFor("web");
  expect((await tree.rows()).map(({ label, description }) => [label, description])).toEqual([
    ["web", "70 kB · 100 % · 1 file"],
    ["public", expect.stringMatching(/^\d+ B · 1 file$/)],
    ["Dockerfile", "33 B"],
    ["id_rsa", "28 B · private key"],
    ["all.Dockerfile", "25 B"],
    [".dockerignore", "20 B"],
    ["prod.env", "11 B · environment file"],
    ["closed", "1 B · 1 file"],
    ["data", "1 B · 1 file"],
    [".env", "ignored"],
  ]);
  await tree.expand("web");
  await tree.waitFor("node_modules");
  await tree.expand("data");
  await tree.waitFor("2025");
  await workbench.screenshotInAllThemes("context-tree");
  expect(await tree.inlineActions("node_modules")).toEqual([
    "Add to .dockerignore",
    "Reveal in Explorer",
  ]);
  expect(await tree.inlineActions("2025")).toEqual(["Reveal in Explorer"]);
  expect(await tree.tooltip("id_rsa")).toContain("private key");

  // An ignore file that is open, with changes that are not saved.
  await sidebar.open("Explorer");
  await explorer.click(".dockerignore");
  await eventually(async () => {
    expect(await workbench.activeEditor()).toBe(".dockerignore");
  });
  await workbench.page.locator(".part.editor .view-lines").click();
  await workbench.page.keyboard.press("Control+End");
  await workbench.page.keyboard.type("typed");
  await sidebar.open("ECR");
  await tree.pressInline("node_modules", "Add to .dockerignore");
  await eventually(async () => {
    expect(await readIgnoreFile()).toBe("*.md\n.env\ndata/2025\ntyped\nweb/node_modules\n");
    const row = (await tree.rows()).find(({ label }) => label === "node_modules");
    expect(row?.description).toBe("ignored");
  });
  await sidebar.pressHeader("Build Context", "Close Build Context");
  await eventually(async () => {
    expect(await sidebar.views()).not.toContain("Build Context");
  });
});
