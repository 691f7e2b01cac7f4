import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readAwsSession } from "../../../src/aws/awsSession.js";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { AwsSession } from "../../../src/core/login/awsSession.js";
import { ACCOUNT, KEYS, REGION, SECRET, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();

const soon = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
const past = new Date("2020-01-01T00:00:00Z");
const later = new Date("2100-01-01T00:00:00Z");
const startUrl = "https://team.awsapps.com/start";
const ssoSettings = `sso_session = team\nsso_account_id = ${ACCOUNT}\nsso_role_name = push\n`;
const ssoSection = `[sso-session team]\nsso_region = ${REGION}\nsso_start_url = ${startUrl}\n`;
const keysLast = { isThere: true, expiresAt: undefined, renewsItself: true, renewedBy: "keys" };

/** Reads the session of a profile; `afterUse` lets a request need its credentials first. */
async function read(profile: string | undefined, afterUse = false): Promise<AwsSession> {
  const registry = makeOpenRegistry({ askMfaCode: () => Promise.resolve("123456") })({
    profile,
    region: REGION,
    endpoint: here.local.origin,
  });
  if (afterUse) await registry.fetchToken(here.signal);
  return registry.readSession(here.signal);
}

function writeCache(folder: string, name: string, hash: string, content: object): void {
  const cache = path.join(path.dirname(here.files.config), folder);
  mkdirSync(cache, { recursive: true });
  const file = `${createHash(hash).update(name).digest("hex")}.json`;
  writeFileSync(path.join(cache, file), JSON.stringify(content));
}

function writeSso(expiresAt: Date, more: object = {}, name = "team"): void {
  const kept = {
    startUrl,
    region: REGION,
    accessToken: SECRET,
    expiresAt: expiresAt.toISOString(),
  };
  writeCache(".aws/sso/cache", name, "sha1", { ...kept, ...more });
}

const renewal = {
  clientId: "client",
  clientSecret: SECRET,
  refreshToken: SECRET,
  registrationExpiresAt: later.toISOString(),
};

/** Writes a program for `credential_process` whose keys end at an instant. */
function processUntil(expiresAt: Date): string {
  const file = path.join(path.dirname(here.files.config), "answer.json");
  const keys = { Version: 1, AccessKeyId: ACCOUNT, SecretAccessKey: SECRET, SessionToken: "s" };
  writeFileSync(file, JSON.stringify({ ...keys, Expiration: expiresAt.toISOString() }));
  return `credential_process = cat ${file}\n`;
}

describe("the session behind a registry", () => {
  it("never ends with access keys, and ends with those that are temporary", async () => {
    here.files.write(
      "[profile named]\nregion = eu-west-1\n",
      `[dev]\n${KEYS}[lent]\n${KEYS}aws_session_token = s\nx_security_token_expires = ${soon.toISOString()}\n` +
        `[azure]\n${KEYS}aws_session_token = s\naws_expiration = 2100-01-01 00:00:00\n` +
        `[mute]\n${KEYS}aws_session_token = s\n`,
    );
    expect(await read("dev", true)).toEqual(keysLast);
    expect(await read("lent")).toEqual({ ...keysLast, expiresAt: soon, renewsItself: false });
    expect(await read("azure")).toMatchObject({ expiresAt: later, renewsItself: false });
    expect(await read("mute")).toMatchObject({ expiresAt: undefined, renewsItself: false });
  });

  it("is that of the environment where no profile is named", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", ACCOUNT);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", SECRET);
    expect(await read(undefined)).toEqual(keysLast);
    vi.stubEnv("AWS_SESSION_TOKEN", "s");
    vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", soon.toISOString());
    expect(await read(undefined)).toEqual({ ...keysLast, expiresAt: soon, renewsItself: false });
    expect(await read("dev")).toEqual(keysLast);
  });

  it("ends with the single sign-on, unless it can be renewed", async () => {
    here.files.write(`[profile team]\n${ssoSettings}${ssoSection}`);
    const signOn = { isThere: true, renewsItself: false, renewedBy: "sign-in" };
    expect(await read("team")).toEqual({ ...signOn, isThere: false, expiresAt: undefined });
    writeSso(past);
    expect(await read("team")).toEqual({ ...signOn, expiresAt: past });
    writeSso(soon);
    expect(await read("team")).toEqual({ ...signOn, expiresAt: soon });
    writeSso(soon, { expiresAt: soon.toISOString().replace(".000Z", "UTC") });
    expect(await read("team")).toEqual({ ...signOn, expiresAt: soon });
    writeSso(soon, renewal);
    expect(await read("team")).toEqual({ ...signOn, expiresAt: soon, renewsItself: true });
    writeSso(soon, { ...renewal, registrationExpiresAt: past.toISOString() });
    expect(await read("team")).toMatchObject({ renewsItself: false });
  });

  it("is not renewed where the profile itself names the portal, nor by a role above it", async () => {
    here.files.write(
      `[profile old]\nsso_start_url = ${startUrl}\nsso_region = ${REGION}\n` +
        `[profile role]\nrole_arn = arn:aws:iam::${ACCOUNT}:role/x\nsource_profile = old\n`,
    );
    writeSso(soon, renewal, startUrl);
    expect(await read("old")).toMatchObject({ expiresAt: soon, renewsItself: false });
    expect(await read("role")).toMatchObject({ expiresAt: soon, renewedBy: "sign-in" });
  });

  it("is that of aws login where a profile says so", async () => {
    const login = `arn:aws:iam::${ACCOUNT}:user/dev`;
    here.files.write(`[profile console]\nlogin_session = ${login}\n`);
    expect(await read("console")).toMatchObject({ isThere: false, renewedBy: "sign-in" });
    const accessToken = { accountId: ACCOUNT, expiresAt: soon.toISOString() };
    writeCache("login", login, "sha256", { accessToken, refreshToken: SECRET });
    expect(await read("console")).toMatchObject({ expiresAt: soon, renewsItself: true });
  });

  it("renews itself where a program gives the keys, and tells when they end once they are in use", async () => {
    here.files.write(`[profile vault]\n${processUntil(soon)}`);
    expect(await read("vault")).toEqual(keysLast);
    expect(await read("vault", true)).toEqual({ ...keysLast, expiresAt: soon });
  });

  it("needs another code where a role wants one, once its credentials end", async () => {
    const role = `role_arn = arn:aws:iam::${ACCOUNT}:role/x\nsource_profile = dev\n`;
    here.files.write(`[profile admin]\n${role}mfa_serial = device\n`, `[dev]\n${KEYS}`);
    expect(await read("admin")).toEqual(keysLast);
    const held = { expiresAt: soon };
    const byCode = { isThere: true, expiresAt: soon, renewsItself: false, renewedBy: "mfa-code" };
    expect(await readAwsSession("admin", held, new Date())).toEqual(byCode);
  });

  it("goes on to the end of the credentials that a sign-on gave last", async () => {
    here.files.write(`[profile team]\n${ssoSettings}${ssoSection}`);
    writeSso(past);
    const held = { expiresAt: soon };
    expect(await readAwsSession("team", held, new Date())).toMatchObject(held);
    expect(await readAwsSession("team", held, later)).toMatchObject({ expiresAt: past });
  });

  it("asks nothing of AWS", async () => {
    await read("dev");
    expect(await here.control.requests()).toEqual([]);
  });

  it("needs its profile to be there", async () => {
    await expect(read("ghost")).rejects.toMatchObject({ failure: { kind: "profile-not-found" } });
  });
});
