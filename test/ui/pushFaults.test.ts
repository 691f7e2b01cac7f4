import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { readLogs } from "./readLogs.js";

let opened: OpenedWorkbench;
let contents: EcrContents;
let control: LocalEcrControl;
const done = /^team\/site:1\.0\.0 is in ECR/;

beforeAll(async () => {
  opened = await openWorkbench({
    files: {
      "syntax.Dockerfile": "FROM scratch\n\nCOPIE public /public\n",
      "empty.Dockerfile": "# nothing yet\n",
      "failing.Dockerfile": "FROM busybox:local\nRUN echo a word of reason && exit 3\n",
    },
  });
  contents = new EcrContents(opened.ecr.origin);
  control = new LocalEcrControl(opened.ecr.origin);
  const { workbench } = opened;
  await workbench.explorer.expand("site");
  await workbench.explorer.choose("Dockerfile", "Push to ECR…");
  await answerPushQuestions(workbench, {
    repository: "team/site",
    create: "Mutable tags",
    tag: "1.0.0",
    context: "workspace/site",
  });
  await workbench.notifications.waitFor(done);
  await workbench.clearNotifications();
});
afterAll(() => opened.close());
afterEach(async () => {
  await control.reset();
  await opened.workbench.clearNotifications();
});

test("a repository that is gone is created by a button, and the push goes on", async () => {
  const { notifications, quickInput } = opened.workbench;
  await contents.delete("team/site");
  await quickInput.run("ECR: Push to ECR Again");
  const gone = "There is no repository team/site in this registry.";
  expect(await notifications.waitFor(/^There is no/)).toBe(gone);
  expect(await notifications.buttons(gone)).toEqual([
    "Create and Push",
    "Pick Repository",
    "Show Log",
  ]);
  await opened.workbench.screenshot("fault-repository-gone");
  await notifications.press(gone, "Create and Push");
  await notifications.waitFor(done);
});

test("a permission that is missing is named, and its policy copied", async () => {
  const { notifications, quickInput } = opened.workbench;
  await control.denyAction("ecr:InitiateLayerUpload");
  await changeSite();
  await quickInput.run("ECR: Push to ECR Again");
  const denied = /may not do ecr:InitiateLayerUpload/;
  expect(await notifications.waitFor(denied)).toContain("repository/team/site");
  expect(await notifications.buttons(denied)).toEqual([
    "Copy IAM Policy",
    "Copy for Admin",
    "Try Again",
    "Show Log",
  ]);
  await opened.workbench.screenshot("fault-denied");
  await notifications.press(denied, "Copy IAM Policy");
  await eventually(async () => {
    const policy: unknown = JSON.parse(await opened.workbench.clipboardText());
    expect(policy).toMatchObject({ Version: "2012-10-17" });
    expect(JSON.stringify(policy)).toContain("ecr:InitiateLayerUpload");
    expect(JSON.stringify(policy)).toContain(
      `arn:aws:ecr:${localRegion}:${localAccount}:repository/team/site`,
    );
  });
  await control.reset();
  await quickInput.run("ECR: Push to ECR Again");
  await notifications.waitFor(done);
});

test("a token that ends in the middle of a push is renewed without a word", async () => {
  const { notifications, quickInput } = opened.workbench;
  await changeSite(400_000);
  await control.limitRate(100_000);
  await quickInput.run("ECR: Push to ECR Again");
  await notifications.waitFor(/Uploading 0 of \d+ layers · \d+ kB of /);
  await control.expireTokens();
  await control.limitRate(0);
  await notifications.waitFor(done);
  const tokens = (await control.requests()).filter(
    ({ operation }) => operation === "GetAuthorizationToken",
  );
  expect(tokens).toHaveLength(2);
});

test("a connection that is cut is tried again, and the progress says so", async () => {
  const { notifications, quickInput } = opened.workbench;
  await changeSite(400_000);
  await control.cutLayer({ afterBytes: 100_000 });
  await quickInput.run("ECR: Push to ECR Again");
  expect(await notifications.waitFor(/Push team\/site:1\.0\.0.*[Rr]etry/)).toMatch(/\d+ s/);
  await opened.workbench.screenshot("fault-connection-cut");
  await notifications.waitFor(done);
});

test("an error of the registry names it, and Try Again pushes", async () => {
  const { notifications, quickInput } = opened.workbench;
  await control.failOperation("DescribeRepositories", "ServerException", "Internal error", 500, 9);
  await quickInput.run("ECR: Push to ECR Again");
  const failed = /ECR answered DescribeRepositories with an error/;
  await notifications.waitFor(failed);
  await opened.workbench.screenshot("fault-server-error");
  await control.reset();
  await changeSite();
  await notifications.press(failed, "Try Again");
  await notifications.waitFor(done);
});

test("a tag that can't move leads to the question for another one", async () => {
  const { notifications, quickInput } = opened.workbench;
  await contents.changeTags("team/site", "IMMUTABLE");
  await changeSite();
  await quickInput.run("ECR: Push to ECR Again");
  const locked = "team/site:1.0.0 exists and its tag can't move.";
  expect(await notifications.waitFor(/can't move/)).toBe(locked);
  expect(await notifications.buttons(locked)).toEqual(["Pick Another Tag", "Show Log"]);
  await opened.workbench.screenshot("fault-tag-immutable");
  await notifications.press(locked, "Pick Another Tag");
  await quickInput.waitForQuestion(/^Tags for team\/site/);
  await quickInput.waitForRow("1.0.1");
  await opened.workbench.screenshot("fault-next-free-tag");
  // The next free tag is chosen already.
  await quickInput.accept();
  await notifications.waitFor(/^team\/site:1\.0\.1 is in ECR/);
});

test("a syntax error names its line, and the button opens the Dockerfile there", async () => {
  const { notifications, quickInput, explorer, page } = opened.workbench;
  await push("syntax");
  const failed = /^The build failed at line 3/;
  expect(await notifications.waitFor(failed)).toContain("COPIE");
  expect(await notifications.buttons(failed)).toEqual(["Open Dockerfile", "Try Again", "Show Log"]);
  await opened.workbench.screenshot("fault-syntax-error");
  await notifications.press(failed, "Open Dockerfile");
  await page.locator('[id="status.editor.selection"]', { hasText: "Ln 3, Col 1" }).waitFor();
  expect(await opened.workbench.activeEditor()).toBe("syntax.Dockerfile");

  await writeDockerfile("syntax", "FROM scratch\nCOPY site/public /public\n");
  await explorer.choose("syntax.Dockerfile", "Push to ECR…");
  await quickInput.waitForRow("Push team/syntax:1.0.0 (linux/amd64)");
  await quickInput.accept();
  await notifications.waitFor(/^team\/syntax:1\.0\.0 is in ECR/);
});

test("a Dockerfile without an instruction says so, and Open Dockerfile opens it", async () => {
  const { notifications, quickInput } = opened.workbench;
  await push("empty");
  const empty = /empty\.Dockerfile holds no instruction\.$/;
  await notifications.waitFor(empty);
  await opened.workbench.screenshot("fault-empty-dockerfile");
  await notifications.press(empty, "Open Dockerfile");
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe("empty.Dockerfile");
  });
  await writeDockerfile("empty", "FROM scratch\nCOPY site/public /public\n");
  await quickInput.run("ECR: Push to ECR Again");
  await notifications.waitFor(/^team\/empty:1\.0\.0 is in ECR/);
});

test("a RUN that fails is named with its line, and Try Again builds what was mended", async () => {
  const { notifications } = opened.workbench;
  await push("failing");
  const failed = /^The build failed at line 2 \(RUN echo a word of reason && exit 3\): /;
  expect(await notifications.waitFor(failed)).toContain("3");
  await opened.workbench.screenshot("fault-run-failed");
  await writeDockerfile("failing", "FROM busybox:local\nRUN echo all is well\n");
  await notifications.press(failed, "Try Again");
  await notifications.waitFor(/^team\/failing:1\.0\.0 is in ECR/);
});

test("after all of this the log tells the steps, and no token", async () => {
  const { quickInput } = opened.workbench;
  await quickInput.run("ECR: Show Log");
  await eventually(async () => {
    expect(await opened.workbench.outputText()).toContain("> verify");
  });
  await opened.workbench.screenshot("log");

  const logs = await readLogs(opened.userFolder);
  expect(logs.some((log) => /\[\d+\/\d+\] COPY public \/public[^]*pushed /.test(log))).toBe(true);
  const password = await contents.newPassword();
  const secrets = [
    // Every password begins alike, as does what is made of it: for ECR's answer, for the engine.
    password.slice(0, 16),
    Buffer.from(`AWS:${password}`).toString("base64").slice(0, 16),
    Buffer.from(JSON.stringify({ username: "AWS" }))
      .toString("base64")
      .slice(0, 16),
    "opens-nothing",
  ];
  for (const log of [...logs, await opened.workbench.outputText()]) {
    for (const secret of secrets) expect(log).not.toContain(secret);
    const runs = log.match(/[A-Za-z0-9+=]{60,}/g) ?? [];
    expect(runs.filter((run) => !/^[0-9a-f]+$/.test(run))).toEqual([]);
  }
});

/** Answers the questions for `<name>.Dockerfile`, which has not been pushed yet. */
async function push(name: string): Promise<void> {
  await opened.workbench.explorer.choose(`${name}.Dockerfile`, "Push to ECR…");
  await answerPushQuestions(opened.workbench, {
    repository: `team/${name}`,
    create: "Mutable tags",
    tag: "1.0.0",
  });
}

async function writeDockerfile(name: string, text: string): Promise<void> {
  await writeFile(path.join(opened.workspaceFolder, `${name}.Dockerfile`), text);
}

/** Gives the site a layer of about this size that no registry has yet. */
async function changeSite(sizeBytes = 1000): Promise<void> {
  const file = path.join(opened.workspaceFolder, "site", "public", "changed.bin");
  await writeFile(file, randomBytes(sizeBytes));
}
