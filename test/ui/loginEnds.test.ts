import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { startLocalSso } from "../localSso/server.js";
import { localAccount, localProfile, localRegion } from "../playground/writeAwsConfig.js";
import { eventually } from "./eventually.js";
import { type OpenOptions, openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { StatusItem } from "./statusBar.js";

const startUrl = "https://team.awsapps.com/start";
/** VS Code leads pages of this machine through a tunnel; the real page is anywhere else. */
const pageOrigin = "https://device.sso.test";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), "ecr-login-ends-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

async function open(options: OpenOptions): Promise<OpenedWorkbench> {
  const opened = await openWorkbench(options);
  onTestFinished(() => opened.close());
  return opened;
}

const awsFiles = (): Record<string, string> => ({
  HOME: folder,
  AWS_CONFIG_FILE: path.join(folder, "config"),
  AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
});

/** Writes the profile `team` with these settings, whose ECR is the local one. */
async function writeProfile(origin: string, settings: string): Promise<void> {
  const endpoint = `  endpoint_url = ${origin}\n`;
  const services = `[services local]\necr =\n${endpoint}sts =\n${endpoint}`;
  const profile = `[profile team]\nregion = ${localRegion}\nservices = local\n${settings}`;
  await writeFile(path.join(folder, "config"), `${profile}${services}`);
}

/** Settings of keys that end after so many minutes. */
function keysFor(minutes: number): string {
  const end = new Date(Date.now() + minutes * 60_000).toISOString();
  const keys = `aws_access_key_id = ${localAccount}\naws_secret_access_key = opens-nothing\n`;
  return `${keys}aws_session_token = opens-nothing\nx_security_token_expires = ${end}\n`;
}

/** Waits until the status bar item looks like this. */
async function waitForItem(
  { workbench }: OpenedWorkbench,
  kind: StatusItem["kind"],
  text: RegExp,
  label: RegExp,
): Promise<void> {
  await eventually(async () => {
    const item = await workbench.statusBar.item("status");
    expect(item?.text).toMatch(text);
    expect(item?.kind).toBe(kind);
    expect(item?.accessibleLabel).toMatch(label);
  });
}

test("a session that ends is warned of once, until people have had enough", async () => {
  const opened = await open({ settings: { "ecr.profile": "team" }, env: awsFiles() });
  const { quickInput, notifications, statusBar, page } = opened.workbench;
  await writeProfile(opened.ecr.origin, keysFor(25));
  await quickInput.run("ECR: Renew Login Token");
  const label = /^Amazon ECR: the AWS session of profile team ends in 2[34] min$/;
  await waitForItem(opened, "warning", /^ECR team 2[34] min$/, label);
  const ending = /^The AWS session of profile team ends in \d+ min\.$/;
  await notifications.waitFor(ending);
  expect(await notifications.buttons(ending)).toEqual(["Choose Profile…", "Don't Show Again"]);
  // Another token is no other session, and no other warning.
  await notifications.press(ending, "Don't Show Again");
  await notifications.waitUntilGone(ending);
  await quickInput.run("ECR: Renew Login Token");
  await writeProfile(opened.ecr.origin, keysFor(12));
  await quickInput.run("ECR: Renew Login Token");
  await waitForItem(opened, "warning", /^ECR team 1[01] min$/, /ends in 1[01] min$/);
  expect((await notifications.texts()).filter((text) => ending.test(text))).toEqual([]);

  await page.locator(`[id$=".status"] .statusbar-item-label`).first().hover();
  const tooltip = page.locator(".monaco-hover", { hasText: "AWS session" });
  await tooltip.waitFor();
  expect(await tooltip.innerText()).toMatch(/ends in 1[01] min \(/);
  await opened.workbench.screenshot("session-ending-tooltip");
  await page.keyboard.press("Escape");
  await page.mouse.move(600, 300);
  await opened.workbench.screenshotInAllThemes("session-ending");

  await statusBar.click("status");
  await quickInput.pick("Copy Identity");
  await eventually(async () => {
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(/^arn:aws:/);
  });
});

test("an ended session shows at once, and the sign-in of the menu mends it", async () => {
  const sso = await startLocalSso({ startUrl, accessKeyId: localAccount, pageOrigin });
  onTestFinished(() => sso.close());
  const opened = await open({
    settings: { "ecr.profile": "team" },
    env: {
      ...awsFiles(),
      AWS_ENDPOINT_URL_SSO: sso.origin,
      AWS_ENDPOINT_URL_SSO_OIDC: sso.origin,
    },
  });
  const { quickInput, notifications, statusBar, sidebar } = opened.workbench;
  await opened.workbench.page.context().route(`${pageOrigin}/**`, async (route) => {
    const answer = await fetch(route.request().url().replace(pageOrigin, sso.origin));
    await route.fulfill({ status: answer.status, body: await answer.text() });
  });
  const control = new LocalEcrControl(opened.ecr.origin);
  await control.seed({ repositories: 1, images: 1, prefix: "ml/trainer", region: localRegion });
  await writeProfile(
    opened.ecr.origin,
    `sso_session = team\nsso_account_id = ${localAccount}\nsso_role_name = push\n` +
      `[sso-session team]\nsso_region = ${localRegion}\nsso_start_url = ${startUrl}\n`,
  );
  const cache = path.join(folder, ".aws", "sso", "cache");
  await mkdir(cache, { recursive: true });
  const kept = {
    startUrl,
    region: localRegion,
    accessToken: "ended",
    expiresAt: "2020-01-01T00:00:00Z",
  };
  const name = `${createHash("sha1").update("team").digest("hex")}.json`;
  await writeFile(path.join(cache, name), JSON.stringify(kept));

  await sidebar.open("ECR");
  const label = /^Amazon ECR: signed out, the AWS session of profile team has ended$/;
  await waitForItem(opened, "error", /^ECR signed out$/, label);
  await opened.workbench.screenshotInAllThemes("signed-out");
  await statusBar.click("status");
  await quickInput.pick("Sign In");
  await notifications.waitFor(/^Confirm the code/);
  await notifications.press(/^Confirm the code/, "Open Browser");
  await opened.workbench.page
    .locator(".monaco-dialog-box .monaco-button", { hasText: /^Open$/ })
    .click();
  await waitForItem(opened, "plain", /^ECR team$/, /^Amazon ECR: signed in with team$/);
  await sidebar.view("Registries").waitFor(/^ml/);
});

test("who wants to be asked renews the token with one click, and is told of the terminal's", async () => {
  const docker = path.join(folder, "docker");
  await mkdir(docker);
  const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
  const expiration = Math.floor(Date.now() / 1000) + 21 * 60;
  const password = Buffer.from(JSON.stringify({ expiration })).toString("base64");
  const auth = Buffer.from(`AWS:${password}`).toString("base64");
  await writeFile(
    path.join(docker, "config.json"),
    JSON.stringify({ auths: { [host]: { auth } } }),
  );
  const opened = await open({
    settings: { "ecr.renewTokens": "ask" },
    env: { DOCKER_CONFIG: docker },
    tokenLifeSeconds: 25 * 60,
  });
  const { quickInput, notifications } = opened.workbench;
  await quickInput.run("ECR: Renew Login Token");
  const label = new RegExp(`the login token of profile ${localProfile} ends in 24 min$`);
  await waitForItem(opened, "warning", /^ECR local 24 min$/, label);
  const terminal = /^The login of the Docker CLI for 123456789012\S+ ends in \d+ min\.$/;
  await notifications.waitFor(terminal);
  expect(await notifications.buttons(terminal)).toEqual(["Log in Docker CLI…", "Don't Show Again"]);
  const token = /^The login token for \S+ ends in \d+ min\.$/;
  await notifications.waitFor(token);
  const countTokens = async (): Promise<number> => {
    const requests = await new LocalEcrControl(opened.ecr.origin).requests();
    return requests.filter(({ operation }) => operation === "GetAuthorizationToken").length;
  };
  const before = await countTokens();
  await notifications.press(token, "Renew");
  await eventually(async () => {
    expect(await countTokens()).toBe(before + 1);
  });
});
