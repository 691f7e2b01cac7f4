import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { TreeView } from "./treeView.js";

let opened: OpenedWorkbench;
let builds: TreeView;
const nonce = String(process.pid);

beforeAll(async () => {
  opened = await openWorkbench({
    // Only then is the text of a terminal in the page.
    settings: { "terminal.integrated.gpuAcceleration": "off" },
    files: {
      "staged.Dockerfile": `FROM busybox:local AS compile\nRUN echo ${nonce} > /made; echo compiled\nFROM busybox:local\nCOPY --from=compile /made /\nCOPY site/public /public\n`,
      "slow.Dockerfile": `FROM busybox:local\nRUN echo begun ${nonce}; sleep 600\n`,
      "keys.Dockerfile": `FROM busybox:local\n# Keys\nRUN echo keys ${nonce}; exit 4\n`,
      "secret.Dockerfile":
        "FROM busybox:local\nRUN --mount=type=secret,id=npm,required=true true\n",
      "broken.Dockerfile": `FROM busybox:local\n\nRUN echo ${nonce} && \\\n    echo a word of reason && \\\n    exit 3\nRUN true\n`,
    },
  });
  builds = opened.workbench.sidebar.view("Builds");
  await new EcrContents(opened.ecr.origin).create("team/work", "MUTABLE");
});
afterAll(() => opened.close());
afterEach(() => opened.workbench.clearNotifications());

test("a build is a row with its stages and steps, and its output can be read again", async () => {
  const { sidebar, notifications, page, menu } = opened.workbench;
  await push("staged");
  await notifications.waitFor(/^team\/work:staged is in ECR/);
  await sidebar.open("ECR");
  await builds.waitFor("team/work:staged");
  await sidebar.fold("Registries");
  await builds.expand("team/work:staged");
  await builds.waitFor("compile");
  const rows = await builds.rows();
  expect(rows[0]?.description).toMatch(/^\d+ s · \d+:\d\d [AP]M$/);
  expect(rows[0]?.accessibleLabel).toMatch(/^Build of team\/work:staged, done, \d+ s, /);
  const labels = rows.map(({ label }) => label);
  expect(labels).toContain("COPY site/public /public");
  expect(labels).toContain("pushing team/work:staged");
  expect(labels).toContain("FROM busybox:local");
  expect(rows.find(({ label }) => label === "compile")?.level).toBe(2);
  const run = rows.find(({ label }) => label.startsWith("RUN echo"));
  expect(run).toMatchObject({
    level: 3,
    description: expect.stringMatching(/^\d+\.\d s$/) as string,
  });
  await opened.workbench.screenshotInAllThemes("builds-1-done");

  await builds.choose("team/work:staged", "Show Output");
  await page.locator(".part.panel .terminal-tabs-entry, .part.panel .terminal").first().waitFor();
  await eventually(async () => {
    expect(await opened.workbench.terminalText()).toMatch(
      /#(\d+) DONE \d\.\ds\n> verify\npushed \S+\/team\/work@sha256:[0-9a-f]{64}\s*$/,
    );
  });
  await opened.workbench.screenshotInAllThemes("builds-2-output");
  await opened.workbench.scrollTerminalUpTo(/#(\d+) \d\.\d{3} compiled\n#\1 DONE \d\.\ds\n/);
  await opened.workbench.scrollTerminalUpTo(/^> preflight\n/);
  await opened.workbench.screenshot("builds-3-output-top");
  expect(await builds.openMenu("team/work:staged")).toEqual([
    "Show Output",
    "Open Dockerfile",
    "Run Again",
    "Copy Digest URI of Build",
  ]);
  await menu.choose("Copy Digest URI of Build");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toMatch(/team\/work@sha256:[0-9a-f]{64}$/);
  });
});

test("a running build moves in its row, and is cancelled there", async () => {
  const { sidebar, notifications } = opened.workbench;
  await push("slow");
  await sidebar.open("ECR");
  await eventually(async () => {
    const [first] = await builds.rows();
    expect(first?.label).toBe("team/work:slow");
    expect(first?.description).toMatch(/^2\/2 · \d+ s · /);
  });
  await builds.expand("team/work:slow");
  await opened.workbench.screenshotInAllThemes("builds-4-running");
  expect(await builds.inlineActions("team/work:slow")).toEqual(["Cancel Build", "Show Output"]);
  await builds.pressInline("team/work:slow", "Cancel Build");
  await eventually(async () => {
    const [first] = await builds.rows();
    expect(first?.accessibleLabel).toMatch(/^Build of team\/work:slow, cancelled, /);
  });
  expect(await notifications.texts()).toEqual([]);
});

test("a failed build marks its instruction until the next build", async () => {
  const { sidebar, notifications, explorer, page } = opened.workbench;
  await push("broken");
  const message = await notifications.waitFor(/^The build failed at line 3/);
  expect(message.match(/a word of reason/g)).toHaveLength(2);
  expect(message).toMatch(/: exit code: 3\. It said last: .*a word of reason$/);
  expect(await notifications.buttons(/^The build failed/)).toEqual([
    "Open Dockerfile",
    "Try Again",
    "Show Log",
  ]);
  await opened.workbench.screenshotInAllThemes("builds-5-message");
  await notifications.press(/^The build failed/, "Open Dockerfile");
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe("broken.Dockerfile");
    expect(await page.locator(".part.editor .squiggly-error").count()).toBeGreaterThan(0);
  });
  await opened.workbench.quickInput.run("Problems: Focus on Problems View");
  const problems = page.locator(".markers-panel .monaco-list-row", { hasText: "exit code: 3" });
  await problems.first().waitFor();
  await sidebar.open("ECR");
  await builds.expand("team/work:broken");
  await opened.workbench.screenshotInAllThemes("builds-6-failed");
  expect((await builds.rows())[1]).toMatchObject({
    label: "exit code: 3",
    description: "line 3",
    accessibleLabel: expect.stringMatching(/^The build failed at line 3/) as string,
  });

  const fixed = `FROM busybox:local\nRUN echo fine ${nonce}\n`;
  await writeFile(path.join(opened.workspaceFolder, "broken.Dockerfile"), fixed);
  await builds.choose("team/work:broken", "Run Again");
  await notifications.waitFor(/^team\/work:broken is in ECR/);
  await problems.first().waitFor({ state: "detached" });
  await sidebar.pressHeader("Builds", "Clear Finished Builds");
  await sidebar.waitForWelcome("Builds", /^No builds in this window yet\./);
  await sidebar.open("Explorer");
  await explorer.waitFor("broken.Dockerfile");
});

test("a missing secret and a missing base image are marked at their lines too", async () => {
  const { notifications, explorer, page } = opened.workbench;
  await opened.workbench.quickInput.run("Problems: Focus on Problems View");
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "Docker build" });
  await push("secret");
  await notifications.waitFor(/mounts the secret npm at line 2 and can't be built without it/);
  await problem.first().waitFor();
  expect(await problem.allInnerTexts()).toMatchObject([
    expect.stringMatching(
      /The build was not given the secret npm\.\s*Docker build\s*\[Ln 2, Col 1\]/,
    ),
  ]);
  await opened.workbench.clearNotifications();

  const image = `${opened.ecr.host}/team/work:never`;
  const name = "based.Dockerfile";
  await writeFile(path.join(opened.workspaceFolder, name), `# Based\nFROM ${image}\nRUN true\n`);
  await explorer.waitFor(name);
  await push("based");
  await notifications.waitFor(/has no base image .* \(line 2\)/);
  await eventually(async () => {
    const texts = await problem.allInnerTexts();
    expect(texts).toHaveLength(2);
    const found = texts.find((text) => text.includes(`has no base image ${image}`));
    expect(found).toMatch(/\[Ln 2, Col 1\]/);
  });
  await opened.workbench.screenshotInAllThemes("builds-7-problems");
});

test("keys lead from a failed build to its line and to its output", async () => {
  const { sidebar, notifications, page, quickInput } = opened.workbench;
  await push("keys");
  await notifications.waitFor(/^The build failed at line 3/);
  // The first button of a message has a key of its own.
  await quickInput.run("Notifications: Accept Notification Primary Action");
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe("keys.Dockerfile");
    expect(await page.locator(".part.editor .squiggly-error").count()).toBe(1);
  });
  await opened.workbench.clearNotifications();
  await quickInput.run("View: Close All Editors");

  await sidebar.open("ECR");
  // A click gives the keys to the view, and opens the row.
  await builds.click("team/work:keys");
  const focused = page.locator(".part.sidebar .pane.expanded .monaco-list-row.focused");
  await builds.waitFor("exit code: 4");
  await page.keyboard.press("ArrowDown");
  await eventually(async () => {
    expect(await focused.getAttribute("aria-label")).toMatch(/^The build failed at line 3/);
  });
  await page.keyboard.press("Enter");
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe("keys.Dockerfile");
  });
  expect(await page.locator(".part.statusbar", { hasText: /Ln 3, Col 1/ }).count()).toBe(1);

  await quickInput.run("ECR: Show Output");
  await quickInput.waitForQuestion(/^Build$/);
  expect((await quickInput.rows())[0]).toMatchObject({
    label: "team/work:keys",
    description: expect.stringMatching(/^failed · /) as string,
  });
  await page.keyboard.press("Enter");
  await opened.workbench.scrollTerminalUpTo(/#\d+ ERROR: .*exit code: 4/);
  await opened.workbench.screenshotInAllThemes("builds-8-failed-output");
});

async function push(name: string): Promise<void> {
  await opened.workbench.sidebar.open("Explorer");
  await opened.workbench.explorer.choose(`${name}.Dockerfile`, "Push to ECR…");
  await answerPushQuestions(opened.workbench, { repository: "team/work", tag: name });
}
