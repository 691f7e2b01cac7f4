import { chmod, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { type LocalSso, startLocalSso } from "../localSso/server.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { readLogs } from "./readLogs.js";

const startUrl = "https://team.awsapps.com/start";
/** VS Code leads pages of this machine through a tunnel; the real page is anywhere else. */
const pageOrigin = "https://device.sso.test";
const ended = "The AWS session of profile team has ended.";

let opened: OpenedWorkbench;
let sso: LocalSso;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-sign-in-"));
  // VS Code asks the login shell for the PATH of its terminals.
  await writeFile(path.join(folder, ".profile"), `export PATH="${folder}:$PATH"\n`);
  sso = await startLocalSso({ startUrl, accessKeyId: localAccount, pageOrigin });
  opened = await openWorkbench({
    settings: { "ecr.profile": "team" },
    env: {
      HOME: folder,
      AWS_CONFIG_FILE: path.join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
      AWS_ENDPOINT_URL_SSO: sso.origin,
      AWS_ENDPOINT_URL_SSO_OIDC: sso.origin,
    },
  });
});
beforeAll(async () => {
  await opened.workbench.page.context().route(`${pageOrigin}/**`, async (route) => {
    const answer = await fetch(route.request().url().replace(pageOrigin, sso.origin));
    await route.fulfill({ status: answer.status, body: await answer.text() });
  });
});
afterAll(async () => {
  await opened.close();
  await sso.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => opened.workbench.clearNotifications());

/** Writes a profile `team` with these settings, whose ECR is the local one. */
async function writeProfile(settings: string, sections = ""): Promise<void> {
  const services = `[services local]\necr =\n  endpoint_url = ${opened.ecr.origin}\n`;
  const profile = `[profile team]\nregion = ${localRegion}\nservices = local\n${settings}`;
  await writeFile(path.join(folder, "config"), `${profile}${sections}${services}`);
}

/** Waits until the status bar says that the profile has a token. */
async function waitForToken(): Promise<void> {
  await eventually(async () => {
    expect((await opened.workbench.statusBar.item("status"))?.text).toMatch(/^ECR team 11 h$/);
  });
}

/** Opens the page, past VS Code's own question whether to. */
async function openBrowser(): Promise<Page> {
  const { notifications, page } = opened.workbench;
  const browser = page.context().waitForEvent("page");
  await notifications.press(/^Confirm the code/, "Open Browser");
  await page.locator(".monaco-dialog-box .monaco-button", { hasText: /^Open$/ }).click();
  return await browser;
}

/** Tells how many tokens ECR has made. */
async function countTokens(): Promise<number> {
  const requests = await new LocalEcrControl(opened.ecr.origin).requests();
  return requests.filter(({ operation }) => operation === "GetAuthorizationToken").length;
}

test("an ended session is mended with a code in the browser, and the action goes on", async () => {
  await writeProfile(
    `sso_session = team\nsso_account_id = ${localAccount}\nsso_role_name = push\n`,
    `[sso-session team]\nsso_region = ${localRegion}\nsso_start_url = ${startUrl}\n`,
  );
  const { quickInput, notifications, page } = opened.workbench;
  await quickInput.run("ECR: Renew Login Token");
  expect(await notifications.waitFor(ended)).toBe(ended);
  expect(await notifications.buttons(ended)).toEqual(["Sign In", "Try Again", "Show Log"]);
  await notifications.press(ended, "Sign In");

  const question = await notifications.waitFor(/^Confirm the code/);
  const [, code = ""] = /code (\S+) at/.exec(question) ?? [];
  expect(await notifications.buttons(/^Confirm the code/)).toEqual(["Open Browser", "Copy Code"]);
  await opened.workbench.screenshot("sign-in-1-code");
  await notifications.press(/^Confirm the code/, "Copy Code");
  await eventually(async () => {
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(code);
  });
  await notifications.waitFor(/^Confirm the code/);
  const opens = await openBrowser();
  await opens.waitForURL(`${pageOrigin}/device?user_code=${code}`);
  await opens.close();
  await notifications.waitUntilGone(/Signing in with profile team/);
  await waitForToken();
  expect(sso.operations.filter((name) => name === "RegisterClient")).toHaveLength(1);
  for (const text of await readLogs(opened.userFolder)) {
    for (const secret of sso.secrets) expect(text).not.toContain(secret);
  }
});

test("a sign-in that is refused or given up says so", async () => {
  sso.endSessions();
  const { quickInput, notifications } = opened.workbench;
  await quickInput.run("ECR: Renew Login Token");
  await notifications.press(ended, "Sign In");
  await notifications.waitFor(/^Confirm the code/);
  sso.decide("denied");
  await (await openBrowser()).close();
  const refused = "The sign-in of profile team was refused in the browser.";
  expect(await notifications.waitFor(refused)).toBe(refused);
  await notifications.press(refused, "Try Again");
  await notifications.waitFor(/^Confirm the code/);
  await notifications.press(/Signing in with profile team/, "Cancel");
  await notifications.waitUntilGone(/Signing in with profile team/);
});

test("a profile without a portal signs in with the AWS CLI, and the action goes on", async () => {
  const login = `login_session = arn:aws:iam::${localAccount}:user/dev\n`;
  const keys = `aws_access_key_id = ${localAccount}\naws_secret_access_key = opens-nothing\n`;
  const config = path.join(folder, "config");
  await writeProfile(keys);
  await copyFile(config, `${config}.signed-in`);
  await writeProfile(login);
  const { quickInput, notifications } = opened.workbench;
  await quickInput.run("ECR: Renew Login Token");
  await notifications.press(ended, "Sign In");
  const missing = /^The AWS CLI \(aws\), which signs in profile team, is not on this host/;
  await notifications.waitFor(missing);
  expect(await notifications.buttons(missing)).toEqual(["Show How", "Try Again", "Show Log"]);

  const cli = path.join(folder, "aws");
  const script = `[ "$*" = "login --profile team" ] && cp '${config}.signed-in' '${config}'\n`;
  await writeFile(cli, `#!/bin/sh\n${script}`);
  await chmod(cli, 0o755);
  const before = await countTokens();
  await notifications.press(missing, "Try Again");
  await eventually(async () => {
    expect(await countTokens()).toBe(before + 1);
  });
});
