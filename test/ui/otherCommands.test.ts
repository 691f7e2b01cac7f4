import { randomUUID } from "node:crypto";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openEngine } from "../machine/engineApi.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { removeImages } from "./removeImages.js";

const engineHost = process.env["ECR_TEST_DOCKER_HOSTS"]?.split(",")[0] ?? "";
let opened: OpenedWorkbench;
let contents: EcrContents;
/** Names of local images that only this run has. */
const local = `ui-${String(process.pid)}/site`;

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  await contents.create("team/site", "MUTABLE");
  // An image that no other run has made, so that it has no other names on a shared engine.
  const file = path.join(opened.workspaceFolder, "site", "public", "run.txt");
  await writeFile(file, randomUUID());
  await opened.workbench.explorer.expand("site");
});
afterAll(async () => {
  await opened.close();
  await removeImages(engineHost, local);
});
afterEach(() => opened.workbench.clearNotifications());

test("Build Image… builds under a name that is checked as it is typed, and offers the push", async () => {
  const { explorer, quickInput, notifications } = opened.workbench;
  await explorer.choose("Dockerfile", "Build Image…");
  await quickInput.waitForTitle("Build Image (1/3)");
  expect(await quickInput.value()).toBe("site:latest");
  await quickInput.type("Site:latest");
  await eventually(async () => {
    expect(await quickInput.message()).toMatch(/^Upper-case letters are not allowed\./);
  });
  await opened.workbench.screenshot("build-1-name");
  await quickInput.accept();
  await quickInput.type(`${local}:dev`);
  await eventually(async () => {
    expect(await quickInput.message()).not.toMatch(/not allowed/);
  });
  await quickInput.accept();
  await quickInput.waitForQuestion(/Where will it run/);
  await quickInput.pick("This engine's platform");
  await quickInput.waitForQuestion(/^Build context/);
  await quickInput.pick("workspace/site");
  const built = `${local}:dev is built.`;
  expect(await notifications.waitFor(/is built/)).toBe(built);
  expect(await notifications.buttons(built)).toEqual(["Push to ECR…", "Show Log"]);
  await opened.workbench.screenshot("build-2-built");
  await notifications.press(built, "Push to ECR…");
  await quickInput.waitForTitle(`Push ${local}:dev (1/2)`);
  await quickInput.waitForQuestion(/^Repository in local · eu-west-1/);
  await quickInput.pick("team/site");
  await quickInput.waitForQuestion(/^Tags for team\/site/);
  await quickInput.waitForRow("dev");
  await quickInput.accept();
  await notifications.waitFor(/^team\/site:dev is in ECR/);
});

test("Tag Image… gives a local image one more name, seen in the sidebar", async () => {
  const { quickInput, sidebar } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.unfold("Local Images");
  await sidebar.view("Local Images").choose(`${opened.ecr.host}/team/site:dev`, "Tag Image…");
  await quickInput.waitForTitle("Tag Image");
  await quickInput.type(`${local}:`);
  await eventually(async () => {
    expect(await quickInput.message()).toMatch(/1 to 128 characters/);
  });
  await quickInput.type(`${local}:tested`);
  await quickInput.accept();
  await eventually(async () => {
    const names = (await openEngine(engineHost).listImages()).flatMap(
      (image) => image.RepoTags ?? [],
    );
    expect(names).toContain(`${local}:tested`);
  });
});

test("Push Local Image… shows the engine's images with sizes and ages", async () => {
  const { quickInput, notifications } = opened.workbench;
  await quickInput.run("ECR: Push Local Image…");
  await quickInput.waitForTitle("Push Local Image");
  await quickInput.type(local);
  await eventually(async () => {
    const [row] = await quickInput.rows();
    expect(row?.label).toBe(`${opened.ecr.host}/team/site:dev`);
    expect(row?.description).toMatch(/^\d+ B · (now|just now|\d+ min( ago)?)$/);
    expect(row?.detail).toBe(`${local}:dev, ${local}:tested`);
  });
  await opened.workbench.screenshot("push-local-1-images");
  await quickInput.accept();
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.pick("team/site");
  await quickInput.waitForQuestion(/^Tags for /);
  await quickInput.type("from-local");
  await quickInput.waitForRow("from-local");
  await quickInput.accept();
  await notifications.waitFor(/^team\/site:from-local is in ECR/);
  expect(await contents.digestOf("team/site", "from-local")).toBe(
    await contents.digestOf("team/site", "dev"),
  );
});

test("Create Repository… says why a name can't be, and shows the new row", async () => {
  const { quickInput, sidebar } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.pressHeader("Registries", "Create Repository…");
  await quickInput.waitForTitle("Create Repository (1/3)");
  for (const [name, reason] of [
    ["a", /2 to 256 characters/],
    ["Team/api", /^Upper-case letters are not allowed\./],
    ["team//api", /^Each part between slashes/],
  ] as const) {
    await quickInput.type(name);
    await eventually(async () => {
      expect(await quickInput.message()).toMatch(reason);
    });
    await quickInput.accept();
    await quickInput.waitForTitle("Create Repository (1/3)");
  }
  await opened.workbench.screenshot("create-repository-1-bad-name");
  await quickInput.type("team/new");
  await quickInput.accept();
  await quickInput.pick("Immutable tags");
  await quickInput.waitForQuestion(/^Create team\/new\?/);
  await quickInput.pick("Create");
  await sidebar.view("Registries").waitFor("team/new");
  const rows = await sidebar.view("Registries").rows();
  expect(rows.find(({ label }) => label === "team/new")).toMatchObject({
    accessibleLabel: expect.stringContaining("Repository team/new, immutable tags") as string,
  });
});

test("references and commands of the terminal are copied", async () => {
  const { sidebar, quickInput } = opened.workbench;
  const tree = sidebar.view("Registries");
  const uri = `${opened.ecr.host}/team/site`;
  const digest = await contents.digestOf("team/site", "dev");
  await tree.expand("team/site");
  await tree.waitFor("dev, from-local");

  await tree.choose("team/site", "Copy Repository URI");
  await expectCopied(uri);
  await tree.chooseWithin("dev, from-local", "Copy As", "Copy Image URI");
  await expectCopied(`${uri}:dev`);
  await tree.chooseWithin("dev, from-local", "Copy As", "Copy Digest URI");
  await expectCopied(`${uri}@${digest ?? ""}`);
  await tree.choose("team/site", "Copy Push Commands");
  await expectCopied(
    [
      `aws ecr get-login-password --region ${localRegion} --profile local | docker login --username AWS --password-stdin ${opened.ecr.host}`,
      `docker build -t ${uri}:latest .`,
      `docker push ${uri}:latest`,
    ].join("\n"),
  );

  await quickInput.run("ECR: Copy Digest URI");
  await quickInput.pick("team/site");
  await quickInput.pick("dev, from-local");
  await expectCopied(`${uri}@${digest ?? ""}`);
});

test("the status bar tells the token's time, and its menu renews it", async () => {
  const { statusBar, quickInput, page } = opened.workbench;
  expect(await statusBar.item("status")).toMatchObject({
    text: "ECR local 11 h",
    kind: "plain",
    accessibleLabel: "Amazon ECR: signed in with local, the login token ends in 11 h",
  });
  await statusBar.click("status");
  await quickInput.waitForRow("Renew Login Token");
  expect(await quickInput.labels()).toEqual([
    "Push Again",
    "Renew Login Token",
    "Sign In",
    "Choose Profile or Region…",
    "Copy Identity",
    "Log in Docker CLI…",
    "Show Registries",
    "Show Log",
  ]);
  await opened.workbench.screenshot("status-menu");
  await quickInput.pick("Renew Login Token");
  const renewed = `Login token for ${opened.ecr.host} renewed: 11 h left.`;
  await page.locator(".part.statusbar .statusbar-item", { hasText: renewed }).waitFor();
});

test("Choose Profile or Region… shows the registry of another region", async () => {
  const { quickInput, sidebar } = opened.workbench;
  await appendFile(
    path.join(path.dirname(opened.workspaceFolder), "aws", "config"),
    `[profile second]\nregion = eu-central-1\nservices = local-ecr\nsource_profile = local\nrole_arn = arn:aws:iam::${localAccount}:role/Reader\n`,
  );
  await quickInput.run("ECR: Choose Profile or Region…");
  await quickInput.waitForQuestion(/^AWS profile on this host/);
  await eventually(async () => {
    expect((await quickInput.rows()).map(({ label, description }) => [label, description])).toEqual(
      [
        ["local", `access keys · ${localAccount} · eu-west-1`],
        ["second", `role Reader via local · ${localAccount} · eu-central-1`],
        ["Default credentials", "none on this host"],
      ],
    );
  });
  await opened.workbench.screenshot("choose-1-profile");
  await quickInput.accept();
  await quickInput.waitForQuestion(/^AWS region/);
  await quickInput.type("eu-north-1");
  await opened.workbench.screenshot("choose-2-region");
  await quickInput.accept();
  await sidebar.open("ECR");
  expect(await sidebar.welcome("Registries")).toMatch(/^No repositories in this registry\./);
  await opened.workbench.screenshot("choose-3-empty-registry");

  await sidebar.pressWelcome("Registries", "Create Repository…");
  await quickInput.waitForTitle("Create Repository (1/3)");
  await quickInput.cancel();
  await quickInput.run("ECR: Choose Profile or Region…");
  await quickInput.pick("local");
  await quickInput.waitForQuestion(/^AWS region/);
  await quickInput.pick("eu-west-1");
  await sidebar.view("Registries").waitFor("team/site");
});

async function expectCopied(text: string): Promise<void> {
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toBe(text);
  });
}
