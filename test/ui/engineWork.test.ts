import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { openEngine } from "../machine/engineApi.js";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

const engineHost = process.env["ECR_TEST_DOCKER_HOSTS"]?.split(",")[0] ?? "";
let opened: OpenedWorkbench;
let control: LocalEcrControl;
let folder: string;
let socket: string;
/** No other build on the engine sleeps just so long. */
const sleep = `sleep ${String(100_000 + Math.floor(Math.random() * 900_000))}`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-late-"));
  socket = path.join(folder, "docker.sock");
  opened = await openWorkbench({
    engineHost: `unix://${socket}`,
    files: {
      "late.Dockerfile": "FROM scratch\nCOPY site/public /public\n",
      "slow.Dockerfile": `FROM busybox:local\nRUN ${sleep}\n`,
      "big.Dockerfile": "FROM scratch\nCOPY big.bin /\n",
      "big.bin": randomBytes(20_000_000),
    },
  });
  control = new LocalEcrControl(opened.ecr.origin);
  await new EcrContents(opened.ecr.origin).create("team/work", "MUTABLE");
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await control.reset();
  await opened.workbench.clearNotifications();
});

test("without an engine the push and the sidebar say so, and go on when there is one", async () => {
  const { sidebar, explorer, notifications } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.unfold("Local Images");
  expect(await sidebar.welcome("Local Images")).toMatch(/^No Docker Engine answers on this host\./);
  await opened.workbench.screenshot("engine-1-welcome");
  await sidebar.open("Explorer");
  await push("late");
  const down = `No Docker Engine answers at unix://${socket}. Start Docker and try again.`;
  expect(await notifications.waitFor(/^No Docker Engine/)).toBe(down);
  expect(await notifications.buttons(down)).toEqual(["Start Docker", "Try Again", "Show Log"]);
  await opened.workbench.screenshot("engine-2-down");

  await symlink(new URL(engineHost).pathname, socket);
  await notifications.press(down, "Try Again");
  await notifications.waitFor(/^team\/work:late is in ECR/);
  await sidebar.open("ECR");
  await sidebar.view("Local Images").waitFor(`${opened.ecr.host}/team/work:late`);
  await sidebar.open("Explorer");
  await explorer.waitFor("slow.Dockerfile");
});

test("cancelling a build stops the engine's work, and is no failure", async () => {
  const { notifications, statusBar } = opened.workbench;
  await push("slow");
  const progress = /Building 2\/2/;
  expect(await notifications.waitFor(progress)).toMatch(
    new RegExp(`^Push team/work:slow: Building 2/2 · RUN ${sleep} · \\d+ s$`),
  );
  expect((await statusBar.item("status"))?.text).toBe("ECR Building");
  await eventually(async () => {
    expect(await sleepingSteps()).toHaveLength(1);
  });
  await opened.workbench.screenshot("engine-3-building");
  await notifications.press(progress, "Cancel");
  await expectCancelled("slow");
  await eventually(async () => {
    expect(await sleepingSteps()).toEqual([]);
  });

  await writeDockerfile("slow", "FROM busybox:local\nRUN echo awake\n");
  await pushAgain("slow");
});

test("cancelling an upload leaves no local name, and the next push finishes it", async () => {
  const { notifications } = opened.workbench;
  await control.limitRate(500_000);
  await push("big");
  const progress = /Uploading 0 of 1 layers · \d+ [kM]B of 20 MB/;
  await notifications.waitFor(progress);
  await opened.workbench.screenshot("engine-4-uploading");
  expect(await localNames("big")).toHaveLength(1);
  await notifications.press(progress, "Cancel");
  await expectCancelled("big");
  expect(await localNames("big")).toEqual([]);

  await control.reset();
  await pushAgain("big");
  expect(await localNames("big")).toHaveLength(1);
});

/** Pushes `<name>.Dockerfile` for the first time, with its name as the tag. */
async function push(name: string): Promise<void> {
  await opened.workbench.explorer.choose(`${name}.Dockerfile`, "Push to ECR…");
  await answerPushQuestions(opened.workbench, { repository: "team/work", tag: name });
}

async function pushAgain(name: string): Promise<void> {
  await opened.workbench.quickInput.run("ECR: Push to ECR Again");
  await opened.workbench.notifications.waitFor(new RegExp(`^team/work:${name} is in ECR`));
}

/** A cancelled push is told in the status bar, with no message that asks for anything. */
async function expectCancelled(name: string): Promise<void> {
  const { page, notifications } = opened.workbench;
  const text = `Push team/work:${name} cancelled`;
  await page.locator(".part.statusbar .statusbar-item", { hasText: text }).waitFor();
  await opened.workbench.screenshot(`engine-5-cancelled-${name}`);
  expect(await notifications.texts()).toEqual([]);
}

/** The processes of the step: whichever builder runs it, the kernel knows them. */
async function sleepingSteps(): Promise<readonly string[]> {
  const commands = await Promise.all(
    (await readdir("/proc"))
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return commands.filter((command) => command.replaceAll("\0", " ").trim() === sleep);
}

/** The names that the engine's images have for this push. */
async function localNames(tag: string): Promise<readonly string[]> {
  const images = await openEngine(engineHost).listImages();
  const name = `${opened.ecr.host}/team/work:${tag}`;
  return images.flatMap(({ RepoTags }) => RepoTags ?? []).filter((found) => found === name);
}

async function writeDockerfile(name: string, text: string): Promise<void> {
  await writeFile(path.join(opened.workspaceFolder, `${name}.Dockerfile`), text);
}
