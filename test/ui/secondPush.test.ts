import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openEngine } from "../machine/engineApi.js";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

const run = promisify(execFile);

let opened: OpenedWorkbench;
let contents: EcrContents;
const context = "workspace/site";

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  const { workbench } = opened;
  await workbench.explorer.expand("site");
  await workbench.explorer.choose("Dockerfile", "Push to ECR…");
  await answerPushQuestions(workbench, {
    repository: "team/site",
    create: "Mutable tags",
    tag: "1.0.0",
    context,
  });
  await workbench.notifications.waitFor(/^team\/site:1\.0\.0 is in ECR/);
  await workbench.clearNotifications();
});
afterAll(() => opened.close());
afterEach(() => opened.workbench.clearNotifications());

test("the second push asks one question, and says that the image was there", async () => {
  const { quickInput, explorer, notifications } = opened.workbench;
  await explorer.choose("Dockerfile", "Push to ECR…");
  await quickInput.waitForQuestion(/^Push as last time/);
  expect((await quickInput.rows()).map(({ label, description }) => [label, description])).toEqual([
    ["Push team/site:1.0.0 (linux/amd64)", "→ local · eu-west-1"],
    ["Change…", ""],
  ]);
  await opened.workbench.screenshot("second-push-1-confirm");
  await quickInput.accept();
  expect(await notifications.waitFor(/already/)).toBe(
    "team/site:1.0.0 was already in ECR with this digest.",
  );
  await opened.workbench.screenshot("second-push-2-was-there");
});

test("the image says which commit it is made from", async () => {
  const created = (await git("log", "-1", "--format=%cI")).trim();
  expect(await labelsOf("team/site:1.0.0")).toMatchObject({
    "org.opencontainers.image.revision": await head(),
    "org.opencontainers.image.created": new Date(created).toISOString().replace(".000Z", "Z"),
  });
});

test("Push to ECR Again asks nothing, and moves the tag to the new content", async () => {
  const { quickInput, notifications } = opened.workbench;
  const before = await contents.digestOf("team/site", "1.0.0");
  await changeSite();
  await quickInput.run("ECR: Push to ECR Again");
  await notifications.waitFor(/^team\/site:1\.0\.0 is in ECR/);
  const after = await contents.digestOf("team/site", "1.0.0");
  expect(after).toMatch(/^sha256:/);
  expect(after).not.toBe(before);
  const labels = await labelsOf("team/site:1.0.0");
  expect(labels["org.opencontainers.image.revision"]).toBe(`${await head()}-dirty`);
  expect(labels).not.toHaveProperty("org.opencontainers.image.created");
});

test("Back returns to the former question, and Escape leaves without a word", async () => {
  const { quickInput, notifications } = opened.workbench;
  await change("team/site");
  await quickInput.waitForTitle("Push to ECR (2/4)");
  await quickInput.back();
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.waitForTitle("Push to ECR (1/4)");
  await quickInput.pick("team/site");
  await quickInput.waitForQuestion(/^Tags for /);
  await quickInput.accept();
  await quickInput.waitForQuestion(/Where will it run/);
  await quickInput.waitForTitle("Push to ECR (3/4)");
  await quickInput.back();
  await quickInput.waitForQuestion(/^Tags for team\/site/);
  await quickInput.cancel();
  expect(await notifications.texts()).toEqual([]);
});

test("a tag that is taken says since when, and the next version is offered", async () => {
  const { quickInput } = opened.workbench;
  await change("team/site");
  await eventually(async () => {
    const rows = await quickInput.rows();
    const words = Object.fromEntries(rows.map((row) => [row.label, row.description]));
    expect(words).toMatchObject({ "1.0.1": "next version", main: "git branch" });
    expect(words["1.0.0"]).toMatch(/^last used · taken · /);
  });
  expect(await quickInput.ticked()).toEqual([(await quickInput.labels())[0]]);
  await opened.workbench.screenshot("second-push-3-taken");
  await quickInput.cancel();
});

test("a taken tag of an immutable repository can't be picked", async () => {
  const { quickInput, notifications, explorer } = opened.workbench;
  await explorer.choose("Dockerfile", "Push to ECR…");
  await quickInput.pick("Change…");
  await answerPushQuestions(opened.workbench, {
    repository: "team/locked",
    create: "Immutable tags",
    tag: "2.0.0",
    context,
  });
  await notifications.waitFor(/^team\/locked:2\.0\.0 is in ECR/);

  await change("team/locked");
  await eventually(async () => {
    const locked = (await quickInput.rows()).find(({ label }) => label === "2.0.0");
    expect(locked?.description).toBe("last used · taken · immutable");
  });
  expect(await quickInput.hasIcon("2.0.0", "lock")).toBe(true);
  expect(await quickInput.hasIcon("2.0.1", "lock")).toBe(false);
  const offered = await quickInput.ticked();
  await quickInput.tick("2.0.0");
  await eventually(async () => {
    expect(await quickInput.ticked()).toEqual(offered);
  });
  await opened.workbench.screenshot("second-push-4-immutable");
  await quickInput.type("2.0.0");
  await eventually(async () => {
    expect(await quickInput.labels()).toEqual(["2.0.0"]);
  });
  expect(await quickInput.ticked()).toEqual([]);
  await quickInput.accept();
  await quickInput.back();
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.cancel();
});

test("a tag that is typed is picked alone, be it one that is offered", async () => {
  const { quickInput } = opened.workbench;
  await change("team/site");
  await quickInput.waitForRow("1.0.1");
  const proposal = await quickInput.ticked();
  expect(proposal).toHaveLength(1);
  await quickInput.type("1.0.1");
  await eventually(async () => {
    expect(await quickInput.ticked()).toEqual(["1.0.1"]);
  });
  await quickInput.type("1.0.10");
  await eventually(async () => {
    expect(await quickInput.ticked()).toEqual(["1.0.10"]);
  });
  await quickInput.type("1.0.1!");
  await eventually(async () => {
    const [row] = await quickInput.rows();
    expect(row?.label).toBe("“1.0.1!” is no valid tag");
    expect(row?.detail).toContain("letters, digits");
  });
  expect(await quickInput.ticked()).toEqual([]);
  await quickInput.type("");
  await eventually(async () => {
    expect(await quickInput.ticked()).toEqual(proposal);
  });
  await quickInput.cancel();
});

test("several tags are pushed at once, and made anew for the next push", async () => {
  const { quickInput, notifications, explorer } = opened.workbench;
  await change("team/site");
  await quickInput.waitForRow("1.0.1");
  const [commit] = await quickInput.ticked();
  if (commit === undefined) throw new Error("no tag was proposed");
  await quickInput.tick(commit);
  await quickInput.tick("1.0.1");
  await quickInput.tick("main");
  await eventually(async () => {
    expect(await quickInput.ticked()).toEqual(["1.0.1", "main"]);
  });
  await quickInput.accept();
  await quickInput.pick("Fargate, ECS or EKS on x86-64");
  await quickInput.waitForQuestion(/^Build context/);
  await quickInput.pick(context);
  await notifications.waitFor(/^team\/site:1\.0\.1, main is in ECR/);
  const [newest] = await contents.images("team/site");
  expect(newest?.imageTags?.toSorted()).toEqual(["1.0.0", "1.0.1", "main"]);

  await explorer.choose("Dockerfile", "Push to ECR…");
  await quickInput.waitForRow("Push team/site:1.0.2, main (linux/amd64)");
  await quickInput.cancel();
});

/** Opens the questions again and answers the first one. */
async function change(repository: string): Promise<void> {
  const { quickInput, explorer } = opened.workbench;
  await explorer.choose("Dockerfile", "Push to ECR…");
  await quickInput.pick("Change…");
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.pick(repository);
  await quickInput.waitForQuestion(/^Tags for /);
}

/** Gives the site a file that no image has yet. */
async function changeSite(): Promise<void> {
  const file = path.join(opened.workspaceFolder, "site", "public", "changed.txt");
  await writeFile(file, `changed at ${String(Date.now())}\n`);
}

async function labelsOf(image: string): Promise<Readonly<Record<string, string>>> {
  const [engineHost = ""] = (process.env["ECR_TEST_DOCKER_HOSTS"] ?? "").split(",");
  const found = openEngine(engineHost).getImage(`${opened.ecr.host}/${image}`);
  return (await found.inspect()).Config.Labels;
}

async function head(): Promise<string> {
  return (await git("rev-parse", "HEAD")).trim();
}

async function git(...args: readonly string[]): Promise<string> {
  return (await run("git", ["-C", opened.workspaceFolder, ...args])).stdout;
}
