import { createServer } from "node:http";
import { createServer as createSocket, type AddressInfo } from "node:net";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeSignIn } from "../../../src/aws/signIn.js";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { Failure } from "../../../src/core/errors.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";

let files: AwsFiles;
beforeEach(() => (files = makeAwsFiles()));
afterEach(() => {
  files.remove();
});

const NOWHERE = "http://127.0.0.1:9";
const KEYS = "aws_access_key_id = 123456789012\naws_secret_access_key = not-a-real-secret\n";
const signal = AbortSignal.timeout(60_000);

/** Asks for a token in vain; the endpoint is dead, so that only what comes before it can differ. */
async function failure(profile?: string, endpoint: string | undefined = NOWHERE): Promise<Failure> {
  const registry = makeOpenRegistry()({ profile, region: "eu-west-1", endpoint });
  const error: unknown = await registry.fetchToken(signal).then(
    () => new Error("there is a token"),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: "EcrError" });
  expect(inspect(error, { depth: 9 })).not.toContain("not-a-real-secret");
  return (error as { failure: Failure }).failure;
}

describe("credentials", () => {
  it("are missing when the machine has none", async () => {
    expect(await failure()).toEqual({ kind: "credentials-missing", profile: undefined });
  });

  it("are missing in a profile that has none", async () => {
    files.write("[profile bare]\nregion = eu-west-1\n");
    expect(await failure("bare")).toEqual({ kind: "credentials-missing", profile: "bare" });
  });

  it("need the profile to be there, and to hold something", async () => {
    files.write("[profile hollow]\n");
    expect(await failure("ghost")).toEqual({ kind: "profile-not-found", profile: "ghost" });
    expect(await failure("hollow")).toEqual({ kind: "profile-not-found", profile: "hollow" });
    vi.stubEnv("AWS_PROFILE", "phantom");
    expect(await failure()).toEqual({ kind: "profile-not-found", profile: "phantom" });
  });

  it("can't come from roles that lead in a circle, nor from a profile that is not there", async () => {
    files.write(
      "[profile a]\nrole_arn = arn:aws:iam::123456789012:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::123456789012:role/b\nsource_profile = a\n[default]\nrole_arn = arn:aws:iam::123456789012:role/c\nsource_profile = ghost\n",
    );
    const place = { path: files.config, line: 4 };
    expect(await failure("a")).toEqual({
      kind: "profile-cycle",
      profile: "a",
      chain: ["a", "b", "a"],
      ...place,
    });
    expect(await failure()).toEqual({
      kind: "source-profile-missing",
      profile: "default",
      source: "ghost",
      ...{ ...place, line: 7 },
    });
  });

  it("are not taken from a file with an open bracket", async () => {
    files.write("", `[dev]\nregion = eu-west-1\n[prod\n${KEYS}`);
    expect(await failure("dev")).toEqual({
      kind: "aws-file-malformed",
      path: files.credentials,
      line: 3,
    });
  });

  it("are looked for anew after the profile came to be", async () => {
    const open = makeOpenRegistry();
    const registry = open({ profile: "late", region: "eu-west-1", endpoint: NOWHERE });
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: { kind: "profile-not-found" },
    });
    files.write("", `[late]\n${KEYS}`);
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({
      failure: { kind: "aws-unreachable" },
    });
  });

  it("say which credential process failed, and its words are in the cause without arguments", async () => {
    const script = writeScript("echo 'the vault is locked' >&2; exit 3");
    files.write(`[profile vault]\ncredential_process = ${script} --pin not-a-real-secret\n`);
    const registry = makeOpenRegistry()({
      profile: "vault",
      region: "eu-west-1",
      endpoint: NOWHERE,
    });
    const error: unknown = await registry.fetchToken(signal).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      failure: {
        kind: "credential-process-failed",
        profile: "vault",
        program: "process.sh",
        fault: "failed",
      },
    });
    expect(inspect(error)).toContain("the vault is locked");
    expect(inspect(error)).not.toContain("not-a-real-secret");
  });

  it("have ended when the credential process says so", async () => {
    const answer = {
      Version: 1,
      AccessKeyId: "a",
      SecretAccessKey: "b",
      Expiration: "2020-01-01T00:00:00Z",
    };
    const script = writeScript(`echo '${JSON.stringify(answer)}'`);
    files.write(`[profile vault]\ncredential_process = ${script}\n`);
    expect(await failure("vault")).toEqual({
      kind: "credential-process-failed",
      profile: "vault",
      program: undefined,
      fault: "expired",
    });
  });

  it.each([
    ["echo hello", "not-json"],
    ["echo '{}'", "incomplete"],
    [`echo '{"Version":1,"AccessKeyId":"a"}'`, "incomplete"],
  ])("are refused of a credential process that does: %s", async (line, fault) => {
    files.write(`[profile vault]\ncredential_process = ${writeScript(line)}\n`);
    expect(await failure("vault")).toMatchObject({
      kind: "credential-process-failed",
      profile: "vault",
      fault,
    });
  });

  it("of the default profile tell their own cause, not the chain's", async () => {
    files.write(`[default]\n${SSO}[sso-session team]\n${SSO_SESSION}`);
    expect(await failure()).toEqual({ kind: "credentials-expired", profile: undefined });
  });

  it("have ended without a single sign-on, or after a past one", async () => {
    files.write(`[profile team]\n${SSO}[sso-session team]\n${SSO_SESSION}`);
    expect(await failure("team")).toEqual({ kind: "credentials-expired", profile: "team" });
    writeSsoToken("2020-01-01T00:00:00Z");
    expect(await failure("team")).toEqual({ kind: "credentials-expired", profile: "team" });
  });

  it("have ended when the single sign-on portal no longer knows the session", async () => {
    const portal = createServer((_, response) => {
      response.writeHead(401, { "x-amzn-errortype": "UnauthorizedException" });
      response.end(JSON.stringify({ message: "Session token not found or invalid" }));
    }).listen(0, "127.0.0.1");
    await once(portal, "listening");
    try {
      vi.stubEnv("AWS_ENDPOINT_URL_SSO", `http://127.0.0.1:${String(portOf(portal))}`);
      files.write(`[profile team]\n${SSO}[sso-session team]\n${SSO_SESSION}`);
      writeSsoToken("2100-01-01T00:00:00Z");
      expect(await failure("team")).toEqual({ kind: "credentials-expired", profile: "team" });
    } finally {
      portal.close();
    }
  });

  it("come from an sso-session that is there, and whole", async () => {
    const role = "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = team\n";
    const profiles = `[profile up]\n${role}[profile team]\n${SSO}`;
    const unusable = { kind: "sso-session-unusable", profile: "team", session: "team", line: 4 };
    files.write(`${profiles}[sso-session taem]\n${SSO_SESSION}`);
    expect(await failure("team")).toEqual({ ...unusable, path: files.config, lacks: undefined });
    expect(await failure("up")).toMatchObject(unusable);
    await expect(makeSignIn()("team", neverShown, signal)).rejects.toMatchObject({
      failure: unusable,
    });
    files.write(`${profiles}[sso-session team]\nsso_region = eu-west-1\n`);
    expect(await failure("team")).toMatchObject({ ...unusable, lacks: "sso_start_url" });
    files.write(`[default]\n${SSO}`);
    expect(await failure()).toMatchObject({ kind: "sso-session-unusable", profile: "default" });
  });

  it("have ended without a login", async () => {
    files.write("[profile console]\nlogin_session = arn:aws:iam::123456789012:user/dev\n");
    expect(await failure("console")).toEqual({ kind: "credentials-expired", profile: "console" });
  });

  it("ask for an MFA code once, and a refusal to give one cancels", async () => {
    const serial = "arn:aws:iam::123456789012:mfa/dev";
    files.write(
      `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = dev\nmfa_serial = ${serial}\n`,
      `[dev]\n${KEYS}`,
    );
    expect(await failure("admin")).toEqual({ kind: "mfa-needed", profile: "admin" });
    const asked: string[] = [];
    const open = makeOpenRegistry({
      askMfaCode: (device) => {
        asked.push(device);
        return Promise.reject(new DOMException("no code", "AbortError"));
      },
    });
    const registry = open({ profile: "admin", region: "eu-west-1", endpoint: NOWHERE });
    await expect(registry.fetchToken(signal)).rejects.toMatchObject({ name: "AbortError" });
    expect(asked).toEqual([serial]);
  });

  it.each([
    ["by itself", "vault", (script: string) => `[profile vault]\ncredential_process = ${script}\n`],
    [
      "for a role",
      "deploy",
      (script: string) =>
        `[profile deploy]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = vault\n[profile vault]\ncredential_process = ${script}\n`,
    ],
  ])("say that a credential process hangs, %s, and end it", async (_, profile, config) => {
    const pid = path.join(path.dirname(files.config), "pid");
    const script = writeScript(
      `echo $$ > '${pid}'; echo not-a-real-secret; echo 'waiting for the vault' >&2; exec sleep 600`,
    );
    files.write(config(script));
    const open = makeOpenRegistry({ programTimeoutMs: 2_000 });
    const registry = open({ profile, region: "eu-west-1", endpoint: NOWHERE });
    const error: unknown = await registry.fetchToken(signal).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      failure: { kind: "credential-process-failed", profile, fault: "timed-out" },
    });
    expect(inspect(error)).toContain("waiting for the vault");
    expect(inspect(error)).not.toContain("not-a-real-secret");
    const number = Number(readFileSync(pid, "utf8"));
    await vi.waitFor(() => {
      expect(() => process.kill(number, 0)).toThrow();
    }, 10_000);
  });

  it("can be cancelled while a credential process runs", async () => {
    const started = path.join(path.dirname(files.config), "started");
    const script = writeScript(`touch '${started}'; while [ -e '${started}' ]; do sleep 0.1; done`);
    files.write(`[profile slow]\ncredential_process = ${script}\n`);
    const registry = makeOpenRegistry()({
      profile: "slow",
      region: "eu-west-1",
      endpoint: NOWHERE,
    });
    const controller = new AbortController();
    const token = registry.fetchToken(controller.signal);
    await vi.waitFor(() => access(started), 10_000);
    controller.abort();
    await expect(token).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("the way to AWS", () => {
  beforeEach(() => {
    files.write("", `[dev]\n${KEYS}`);
  });

  it("ends at an endpoint where nobody listens", async () => {
    expect(await failure("dev")).toEqual({
      kind: "aws-unreachable",
      host: "127.0.0.1:9",
      region: "eu-west-1",
      why: "refused",
    });
  });

  it("ends at a host that nobody knows", async () => {
    expect(await failure("dev", "https://ecr.invalid")).toEqual({
      kind: "aws-unreachable",
      host: "ecr.invalid",
      region: "eu-west-1",
      why: "unknown-host",
    });
  });

  it("ends when the connection is cut, and names the host", async () => {
    const cutter = createSocket((socket) => socket.once("data", () => socket.destroy()));
    cutter.listen(0, "127.0.0.1");
    await once(cutter, "listening");
    const host = `127.0.0.1:${String(portOf(cutter))}`;
    try {
      const why = "broken-off";
      const expected = { kind: "aws-unreachable", host, region: "eu-west-1", why };
      expect(await failure("dev", `http://${host}`)).toEqual(expected);
    } finally {
      cutter.close();
    }
  });

  it("ends when FIPS is asked for at a custom endpoint", async () => {
    vi.stubEnv("AWS_USE_FIPS_ENDPOINT", "true");
    expect(await failure("dev")).toEqual({
      kind: "endpoint-conflict",
      endpoint: NOWHERE,
      feature: "FIPS",
    });
  });

  it.each([
    ["a web page", "<html>Welcome</html>"],
    ["half of a token", '{"authorizationData":[{"authorizationToken":"not-a-real-secret'],
  ])("ends at an endpoint that answers with %s, which stays out of the error", async (_, text) => {
    const site = createServer((_request, response) => response.end(text)).listen(0, "127.0.0.1");
    await once(site, "listening");
    const host = `127.0.0.1:${String(portOf(site))}`;
    try {
      expect(await failure("dev", `http://${host}`)).toEqual({
        kind: "aws-failed",
        operation: "GetAuthorizationToken",
        message: `${host} answers with something that is not AWS's JSON`,
      });
    } finally {
      site.close();
    }
  });
});

const SSO = "sso_session = team\nsso_account_id = 123456789012\nsso_role_name = push\n";
const SSO_SESSION = "sso_region = eu-west-1\nsso_start_url = https://team.awsapps.com/start\n";

/** Writes what `aws sso login` leaves behind; the file is named for the SHA-1 of "team". */
function writeSsoToken(expiresAt: string): void {
  const folder = path.join(path.dirname(files.config), ".aws", "sso", "cache");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, `${createHash("sha1").update("team").digest("hex")}.json`),
    JSON.stringify({ accessToken: "not-a-real-secret", expiresAt }),
  );
}

function neverShown(): Promise<void> {
  throw new Error("a code is shown");
}

function writeScript(text: string): string {
  const file = path.join(path.dirname(files.config), "process.sh");
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return file;
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}
