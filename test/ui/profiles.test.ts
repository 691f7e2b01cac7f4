import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { type LocalSso, startLocalSso } from "../localSso/server.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { ThemeName } from "./themes.js";

let opened: OpenedWorkbench;
let folder: string;
let sso: LocalSso;

const startUrl = "https://team.awsapps.com/start";

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-profiles-"));
  sso = await startLocalSso({ startUrl, accessKeyId: localAccount });
  opened = await openWorkbench({
    env: {
      HOME: folder,
      AWS_ENDPOINT_URL_SSO: sso.origin,
      AWS_CONFIG_FILE: path.join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    },
  });
  const { origin } = opened.ecr;
  await new LocalEcrControl(origin).seed({
    account: localAccount,
    region: localRegion,
    repositories: 1,
    images: 1,
    prefix: "team/a",
  });
  await writeFile(
    path.join(folder, "credentials"),
    `[local]\naws_access_key_id = ${localAccount}\naws_secret_access_key = opens-nothing\n`,
  );
  await writeConfig();
});
afterAll(async () => {
  await opened.close();
  await sso.close();
  await rm(folder, { recursive: true, force: true });
});

/** Writes 50 profiles of every kind, of which `local` leads to the local ECR. */
async function writeConfig(first = "[profile local]"): Promise<void> {
  const services = `[services here]\necr =\n  endpoint_url = ${opened.ecr.origin}\n`;
  const kinds = [
    `[profile prod]\nsso_session = team\nsso_account_id = 210987654321\nsso_role_name = AdministratorAccess\nregion = eu-central-1\n`,
    `[profile deploy]\nrole_arn = arn:aws:iam::310987654321:role/ci/deploy\nsource_profile = local\nmfa_serial = arn:aws:iam::1:mfa/kim\n`,
    `[profile vault]\ncredential_process = vault-keys\nregion = us-east-1\n`,
    `[profile console]\nlogin_session = arn:aws:iam::410987654321:user/kim\n`,
    `[profile my team]\nregion = eu-west-1\n`,
    `[profile by-session]\nsso_session = team\nsso_account_id = ${localAccount}\nsso_role_name = push\nregion = ${localRegion}\nservices = here\n`,
    `[sso-session team]\nsso_region = ${localRegion}\nsso_start_url = ${startUrl}\n`,
  ];
  const many = Array.from({ length: 43 }, (_, index) => {
    const account = String(510000000000 + index);
    return `[profile stage-${String(index)}]\nsso_session = team\nsso_account_id = ${account}\nsso_role_name = ReadOnly\nregion = eu-west-1\n`;
  });
  const text = `${first}\nregion = ${localRegion}\nservices = here\n${kinds.join("")}${many.join("")}${services}`;
  await writeFile(path.join(folder, "config"), text);
}

test("50 profiles tell what they are, and are found by name, account or role", async () => {
  const { quickInput } = opened.workbench;
  for (const theme of ["light", "hcDark", "dark"] satisfies ThemeName[]) {
    await opened.workbench.switchTheme(theme);
    await quickInput.run("ECR: Choose Profile or Region…");
    await quickInput.waitForQuestion(/^AWS profile on this host/);
    await opened.workbench.screenshot("profiles-1-all");
    if (theme !== "dark") await quickInput.cancel();
  }
  await quickInput.type("310987654321");
  await eventually(async () => {
    expect((await quickInput.rows()).map(({ label, description }) => [label, description])).toEqual(
      [["deploy", "role deploy via local · MFA · 310987654321"]],
    );
  });
  await quickInput.type("Administrator");
  await eventually(async () => {
    expect((await quickInput.rows()).map(({ label }) => label)).toEqual(["prod"]);
  });
  await quickInput.type("my team");
  await eventually(async () => {
    expect((await quickInput.rows()).map(({ description }) => description)).toEqual([
      "can't be used: its name holds a space",
    ]);
  });
  await quickInput.accept();
  const { notifications } = opened.workbench;
  const refusal = /^Profile “my team” in .*config \(line \d+\) can't be used/;
  expect(await notifications.waitFor(refusal)).toMatch(/reads no name with a space\.$/);
  await opened.workbench.screenshot("profiles-2-unusable");
  await notifications.press(refusal, "Open File");
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe("config");
  });
});

test("a file that is broken and mended is seen without a reload", async () => {
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  const tree = sidebar.view("Registries");
  await tree.waitFor(/^team\/a/);
  await writeConfig("[profile local");
  await tree.waitFor(/config can't be read: the section that begins at line 1/);
  await opened.workbench.screenshot("profiles-3-broken");
  await writeConfig();
  await tree.waitFor(/^team\/a/);
});

/** Asks the local IAM Identity Center as the AWS CLI does. */
async function askSso(path: string, input: object): Promise<Record<string, unknown>> {
  const body = JSON.stringify(input);
  const answer = await fetch(`${sso.origin}${path}`, { method: "POST", body });
  return (await answer.json()) as Record<string, unknown>;
}

test("a sign-in with the AWS CLI is seen without a reload", async () => {
  const { quickInput, sidebar } = opened.workbench;
  await quickInput.run("ECR: Choose Profile or Region…");
  await quickInput.pick("by-session");
  await quickInput.waitForQuestion(/^AWS region/);
  await quickInput.accept();
  await sidebar.open("ECR");
  const tree = sidebar.view("Registries");
  await tree.waitFor(/The AWS session of profile by-session has ended/);

  const scopes = ["sso:account:access"];
  const client = await askSso("/client/register", {
    clientName: "cli",
    clientType: "public",
    scopes,
  });
  const { clientId, clientSecret } = client;
  const start = { clientId, clientSecret, startUrl };
  const { deviceCode } = await askSso("/device_authorization", start);
  sso.decide("approved");
  const grantType = "urn:ietf:params:oauth:grant-type:device_code";
  const { accessToken } = await askSso("/token", { clientId, clientSecret, deviceCode, grantType });
  const cache = path.join(folder, ".aws", "sso", "cache");
  await mkdir(cache, { recursive: true });
  const file = path.join(cache, `${createHash("sha1").update("team").digest("hex")}.json`);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await writeFile(file, JSON.stringify({ startUrl, region: localRegion, accessToken, expiresAt }));
  await tree.waitFor(/^team\/a/);
});
