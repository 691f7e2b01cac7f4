import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { makeCertificate, type PrivateCertificate } from "../localProxy/certificates.js";
import { type LocalProxy, startLocalProxy } from "../localProxy/server.js";
import { type LocalSso, startLocalSso } from "../localSso/server.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench, type OpenOptions } from "./openWorkbench.js";

const startUrl = "https://team.awsapps.com/start";
const pageOrigin = "https://device.sso.test";
const ecrHost = `api.ecr.${localRegion}.amazonaws.com`;
const oidcHost = `oidc.${localRegion}.amazonaws.com`;
const portalHost = `portal.sso.${localRegion}.amazonaws.com`;

let folder: string;
let certificate: PrivateCertificate;
let proxy: LocalProxy;
let sso: LocalSso;
let opened: OpenedWorkbench | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-proxy-"));
  certificate = await makeCertificate(folder, [ecrHost, oidcHost, portalHost]);
  proxy = await startLocalProxy(certificate);
  sso = await startLocalSso({ startUrl, accessKeyId: localAccount, pageOrigin });
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await sso.close();
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens a window whose AWS is the real one's hosts, which only the proxy knows a way to. */
async function openBehindProxy(
  settings: OpenOptions["settings"],
  env: OpenOptions["env"],
): Promise<OpenedWorkbench> {
  await writeFile(
    path.join(folder, "config"),
    `[profile team]\nregion = ${localRegion}\nsso_session = team\nsso_account_id = ${localAccount}\nsso_role_name = push\n[profile keys]\nregion = ${localRegion}\naws_access_key_id = ${localAccount}\naws_secret_access_key = opens-nothing\n[sso-session team]\nsso_region = ${localRegion}\nsso_start_url = ${startUrl}\n`,
  );
  opened = await openWorkbench({
    settings: { "ecr.profile": "team", ...settings },
    env: {
      HOME: folder,
      AWS_CONFIG_FILE: path.join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
      ...env,
    },
  });
  proxy.lead(ecrHost, opened.ecr.origin);
  proxy.lead(oidcHost, sso.origin);
  proxy.lead(portalHost, sso.origin);
  await new LocalEcrControl(opened.ecr.origin).seed({
    account: localAccount,
    region: localRegion,
    repositories: 1,
    images: 1,
    prefix: "team/a",
  });
  await opened.workbench.page.context().route(`${pageOrigin}/**`, async (route) => {
    const answer = await fetch(route.request().url().replace(pageOrigin, sso.origin));
    await route.fulfill({ status: answer.status, body: await answer.text() });
  });
  return opened;
}

test("sign-in, credentials and ECR go through http.proxy, to a certificate of the system's", async () => {
  const { workbench } = await openBehindProxy(
    { "http.proxy": proxy.origin },
    { SSL_CERT_FILE: certificate.authorityFile },
  );
  const { notifications, quickInput, page, sidebar } = workbench;
  await quickInput.run("ECR: Renew Login Token");
  await notifications.press("The AWS session of profile team has ended.", "Sign In");
  await notifications.waitFor(/^Confirm the code/);
  expect(proxy.connections).toContain(`${oidcHost}:443`);
  const browser = page.context().waitForEvent("page");
  await notifications.press(/^Confirm the code/, "Open Browser");
  await page.locator(".monaco-dialog-box .monaco-button", { hasText: /^Open$/ }).click();
  await (await browser).close();
  await notifications.waitUntilGone(/Signing in with profile team/);
  await sidebar.open("ECR");
  await sidebar.view("Registries").waitFor(/team\/a/);
  expect(proxy.connections).toContain(`${portalHost}:443`);
  expect(proxy.connections).toContain(`${ecrHost}:443`);
});

test("a certificate that nobody trusts is named, behind the proxy of the environment", async () => {
  const { workbench } = await openBehindProxy(
    { "ecr.profile": "keys" },
    { HTTPS_PROXY: proxy.origin },
  );
  const { notifications, quickInput } = workbench;
  await quickInput.run("ECR: Renew Login Token");
  const sentence = await notifications.waitFor(new RegExp(ecrHost.replaceAll(".", "\\.")));
  expect(sentence).toMatch(/certificate/);
  expect(await notifications.buttons(sentence)).toContain("Open Settings");
  await workbench.screenshot("proxy-1-certificate");
  await eventually(() => {
    expect(proxy.connections).toContain(`${ecrHost}:443`);
  });
});

test("a host of http.noProxy is asked without the proxy", async () => {
  const { workbench } = await openBehindProxy(
    { "ecr.profile": "keys", "http.proxy": proxy.origin, "http.noProxy": [ecrHost] },
    { SSL_CERT_FILE: certificate.authorityFile },
  );
  const { notifications, quickInput } = workbench;
  await quickInput.run("ECR: Renew Login Token");
  await notifications.waitFor(new RegExp(ecrHost.replaceAll(".", "\\.")));
  expect(proxy.connections).not.toContain(`${ecrHost}:443`);
});
