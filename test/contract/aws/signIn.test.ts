import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeSignIn, type SignInClock } from "../../../src/aws/signIn.js";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { DeviceCode, SignInResult } from "../../../src/core/login/signIn.js";
import { type LocalSso, startLocalSso } from "../../localSso/server.js";
import { ACCOUNT, REGION, useLocalRegistry } from "./localRegistry.js";

const START_URL = "https://team.awsapps.com/start";
const ROLE = `sso_account_id = ${ACCOUNT}\nsso_role_name = push\n`;
const PORTAL = `sso_region = ${REGION}\nsso_start_url = ${START_URL}\n`;
const SESSION = `[profile team]\nsso_session = team\n${ROLE}[sso-session team]\n${PORTAL}`;
const LEGACY = `[profile team]\n${ROLE}${PORTAL}`;

const here = useLocalRegistry();
let sso: LocalSso;
let time: Date;
let waits: number[];
let shown: DeviceCode[];

beforeEach(async () => {
  sso = await startLocalSso({ startUrl: START_URL, accessKeyId: ACCOUNT });
  vi.stubEnv("AWS_ENDPOINT_URL_SSO", sso.origin);
  vi.stubEnv("AWS_ENDPOINT_URL_SSO_OIDC", sso.origin);
  [time, waits, shown] = [new Date(), [], []];
});
afterEach(async () => {
  await sso.close();
});

/** A clock whose hours pass as fast as they are waited for. */
const clock: SignInClock = {
  now: () => time,
  wait: (seconds) => {
    waits.push(seconds);
    time = new Date(time.getTime() + seconds * 1000);
    return Promise.resolve();
  },
};

async function signIn(
  act: () => void = () => {
    sso.decide("approved");
  },
  { profile = "team", signal = here.signal } = {},
): Promise<SignInResult> {
  const show = (code: DeviceCode): Promise<void> => {
    shown.push(code);
    act();
    return Promise.resolve();
  };
  return await makeSignIn(clock)(profile, show, signal);
}

/** Signs in in vain, and holds that no secret is in the failure. */
async function failure(act?: () => void): Promise<unknown> {
  const error: unknown = await signIn(act).then(
    () => new Error("it signed in"),
    (reason: unknown) => reason,
  );
  expectNoSecret(inspect(error, { depth: 9 }));
  return (error as { failure?: unknown }).failure ?? error;
}

function expectNoSecret(text: string): void {
  for (const secret of sso.secrets) expect(text).not.toContain(secret);
}

function folder(): string {
  return path.join(path.dirname(here.files.config), ".aws", "sso", "cache");
}

function cacheFile(key: string): string {
  return path.join(folder(), `${createHash("sha1").update(key).digest("hex")}.json`);
}

function readCache(key: string): Record<string, unknown> {
  return JSON.parse(readFileSync(cacheFile(key), "utf8")) as Record<string, unknown>;
}

function writeCache(key: string, content: string): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(cacheFile(key), content);
}

/** Asks ECR for a token with the profile, as the product does. */
async function fetchToken(profile = "team"): Promise<unknown> {
  const location = { profile, region: REGION, endpoint: here.local.origin };
  return await makeOpenRegistry()(location).fetchToken(here.signal);
}

describe("signing in", () => {
  it("in two windows at once leaves one whole session", async () => {
    here.files.write(SESSION);
    expect(await Promise.all([signIn(), signIn()])).toEqual(["signed-in", "signed-in"]);
    expect(readdirSync(folder())).toEqual([path.basename(cacheFile("team"))]);
    await expect(fetchToken()).resolves.toBeDefined();
  });

  it.each([
    ["a session of its own section", SESSION, "team"],
    ["a session of the profile itself", LEGACY, START_URL],
  ])("makes credentials work with %s", async (_, config, key) => {
    here.files.write(config);
    await expect(fetchToken()).rejects.toMatchObject({ failure: { kind: "credentials-expired" } });
    expect(await signIn()).toBe("signed-in");
    expect(sso.operations).toEqual(["RegisterClient", "StartDeviceAuthorization", "CreateToken"]);
    await expect(fetchToken()).resolves.toBeDefined();
    expect(shown).toEqual([
      {
        userCode: shown[0]?.userCode,
        page: `${sso.origin}/device?user_code=${shown[0]?.userCode ?? ""}`,
      },
    ]);
    expect(readCache(key)).toMatchObject({ startUrl: START_URL, region: REGION });
  });

  it("keeps what the AWS CLI keeps, for its user alone", async () => {
    here.files.write(SESSION);
    await signIn();
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    expect(readCache("team")).toEqual({
      startUrl: START_URL,
      region: REGION,
      accessToken: expect.stringMatching(/^access-token-/) as string,
      expiresAt: instant,
      clientId: expect.any(String) as string,
      clientSecret: expect.stringMatching(/^client-secret-/) as string,
      registrationExpiresAt: instant,
      refreshToken: expect.stringMatching(/^refresh-token-/) as string,
    });
    expect(readdirSync(folder())).toEqual([path.basename(cacheFile("team"))]);
    expect(statSync(cacheFile("team")).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
  });

  it("narrows the rights of a file that others could read", async () => {
    here.files.write(SESSION);
    writeCache("team", "{}");
    expect(statSync(cacheFile("team")).mode & 0o044).not.toBe(0);
    await signIn();
    expect(statSync(cacheFile("team")).mode & 0o777).toBe(0o600);
  });

  it("serves a role that comes from the profile, and the default profile", async () => {
    here.files.write(
      `${SESSION}[profile admin]\nrole_arn = arn:aws:iam::${ACCOUNT}:role/x\nsource_profile = team\n` +
        `[default]\nsso_session = team\n${ROLE}`,
    );
    expect(await signIn(undefined, { profile: "admin" })).toBe("signed-in");
    expect(await makeSignIn(clock)(undefined, () => Promise.resolve(), here.signal)).toBe(
      "signed-in",
    );
    expect(readdirSync(folder())).toEqual([path.basename(cacheFile("team"))]);
  });

  it("waits as long as the service asks for, and longer each time that it is too fast", async () => {
    here.files.write(SESSION);
    sso.intervalSeconds = 2;
    sso.nextAnswers.push(
      "authorization_pending",
      "slow_down",
      "authorization_pending",
      "slow_down",
    );
    expect(await signIn()).toBe("signed-in");
    expect(waits).toEqual([2, 2, 7, 7, 12]);
  });

  it("waits five seconds where the service does not say", async () => {
    here.files.write(SESSION);
    sso.intervalSeconds = undefined;
    await signIn();
    expect(waits).toEqual([5]);
  });

  it("outlives a service that is out of order for a moment", async () => {
    here.files.write(SESSION);
    sso.nextAnswers.push("server_error");
    expect(await signIn()).toBe("signed-in");
    expect(waits).toEqual([1, 6]);
  });
});

describe("a sign-in that does not come about", () => {
  beforeEach(() => {
    here.files.write(SESSION);
  });
  afterEach(() => {
    expect(() => readdirSync(folder())).toThrow("ENOENT");
  });

  it("was refused in the browser", async () => {
    const act = (): void => {
      sso.decide("denied");
    };
    expect(await failure(act)).toEqual({ kind: "sign-in-denied", profile: "team" });
  });

  it("came too late", async () => {
    const act = (): void => {
      sso.decide("expired");
    };
    expect(await failure(act)).toEqual({ kind: "sign-in-timed-out", profile: "team" });
  });

  it("ends with the code, also where the service would go on", async () => {
    sso.intervalSeconds = 60;
    expect(await failure(() => undefined)).toEqual({ kind: "sign-in-timed-out", profile: "team" });
    expect(waits).toHaveLength(10);
  });

  it("is of a portal that the service does not know", async () => {
    here.files.write(SESSION.replace(START_URL, "https://other.awsapps.com/start"));
    expect(await failure()).toEqual({
      kind: "sign-in-failed",
      profile: "team",
      message: "invalid_request of the local portal",
    });
  });

  it("is of a region that is none", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_SSO_OIDC", undefined);
    here.files.write(SESSION.replace(`sso_region = ${REGION}`, "sso_region = evil.example/"));
    expect(await failure()).toMatchObject({ kind: "invalid-input", field: "region" });
  });

  it("ends where nobody listens", async () => {
    const gone = await startLocalSso({ startUrl: START_URL, accessKeyId: ACCOUNT });
    await gone.close();
    vi.stubEnv("AWS_ENDPOINT_URL_SSO_OIDC", gone.origin);
    const { host } = new URL(gone.origin);
    expect(await failure()).toMatchObject({ kind: "aws-unreachable", host, region: REGION });
  });

  it("is left to the AWS CLI where the profile has no settings for it", async () => {
    here.files.write(
      "[profile team]\ncredential_process = x\n" +
        "[profile console]\nlogin_session = arn:aws:iam::210987654321:user/dev\n" +
        "[profile ring]\nrole_arn = x\nsource_profile = ring\n",
    );
    expect(await signIn()).toBe("aws sso login");
    expect(await signIn(undefined, { profile: "console" })).toBe("aws login");
    expect(await signIn(undefined, { profile: "ring" })).toBe("aws sso login");
    expect(sso.operations).toEqual([]);
  });

  it("was cancelled while the code was shown, or while it waited", async () => {
    const shownFor = new AbortController();
    const isCancelled = { name: "AbortError" };
    const hang = new Promise<void>(() => undefined);
    const pending = makeSignIn(clock)("team", () => (shownFor.abort(), hang), shownFor.signal);
    await expect(pending).rejects.toMatchObject(isCancelled);
    const controller = new AbortController();
    const waiting = makeSignIn()(
      "team",
      () => {
        setImmediate(() => {
          controller.abort();
        });
        return Promise.resolve();
      },
      controller.signal,
    );
    await expect(waiting).rejects.toMatchObject(isCancelled);
    expect(sso.operations).not.toContain("CreateToken");
  });
});

describe("a kept session", () => {
  beforeEach(async () => {
    here.files.write(SESSION);
    await signIn();
    shown = [];
  });

  it("is renewed without a browser", async () => {
    const before = readCache("team");
    expect(await signIn()).toBe("signed-in");
    expect(shown).toEqual([]);
    const after = readCache("team");
    expect(after["accessToken"]).not.toBe(before["accessToken"]);
    expect(after["refreshToken"]).not.toBe(before["refreshToken"]);
    expect(after["clientId"]).toBe(before["clientId"]);
    await expect(fetchToken()).resolves.toBeDefined();
  });

  it.each(["", '{"accessToken":"half', "[null]"])(
    "counts as ended where its file is damaged: %j",
    async (text) => {
      writeCache("team", text);
      await expect(fetchToken()).rejects.toMatchObject({
        failure: { kind: "credentials-expired", profile: "team" },
      });
    },
  );

  it("is renewed once by two windows at the same time", async () => {
    const noCode = (): Promise<void> => Promise.reject(new Error("a code was shown"));
    const windows = [makeSignIn(), makeSignIn()];
    const asked = sso.operations.length;
    expect(await Promise.all(windows.map((one) => one("team", noCode, here.signal)))).toEqual([
      "signed-in",
      "signed-in",
    ]);
    expect(sso.operations.slice(asked)).toEqual(["CreateToken", "CreateToken"]);
    expect(readdirSync(folder())).toEqual([path.basename(cacheFile("team"))]);
    await expect(fetchToken()).resolves.toBeDefined();
  });

  it("that has ended at the portal is confirmed anew", async () => {
    sso.endSessions();
    await expect(fetchToken()).rejects.toMatchObject({ failure: { kind: "credentials-expired" } });
    expect(await signIn()).toBe("signed-in");
    expect(shown).toHaveLength(1);
    await expect(fetchToken()).resolves.toBeDefined();
  });

  it.each<[string, (kept: Record<string, unknown>) => string]>([
    ["is empty", () => ""],
    ["is half-written", (kept) => JSON.stringify(kept).slice(0, 80)],
    ["is no object", () => "[null]"],
    ["holds numbers for texts", (kept) => JSON.stringify({ ...kept, refreshToken: 7 })],
    ["is of another portal", (kept) => JSON.stringify({ ...kept, startUrl: "https://x.test" })],
    ["is of another region", (kept) => JSON.stringify({ ...kept, region: "us-east-1" })],
    ["has no refresh token", (kept) => JSON.stringify({ ...kept, refreshToken: undefined })],
    [
      "has a client that has ended",
      (kept) => JSON.stringify({ ...kept, registrationExpiresAt: "2020-01-01T00:00:00Z" }),
    ],
    [
      "has a client whose end is no instant",
      (kept) => JSON.stringify({ ...kept, registrationExpiresAt: "soon" }),
    ],
  ])("whose file %s is confirmed anew", async (_, damage) => {
    writeCache("team", damage(readCache("team")));
    const asked = sso.operations.length;
    expect(await signIn()).toBe("signed-in");
    expect(sso.operations[asked]).toBe("RegisterClient");
    expect(shown).toHaveLength(1);
    await expect(fetchToken()).resolves.toBeDefined();
  });

  it("that can't be written says where, and leaves no half", async () => {
    const file = cacheFile("team");
    rmSync(file);
    mkdirSync(path.join(file, "taken"), { recursive: true });
    expect(await failure()).toMatchObject({ kind: "sign-in-unsaved", path: file });
    expect(readdirSync(folder())).toEqual([path.basename(file)]);
  });
});
