import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { getSSOTokenFilepath } from "@smithy/core/config";
import { EcrError } from "../core/errors.js";
import { textField } from "./jsonFields.js";
import type { SsoSession } from "./ssoSession.js";

/**
 * A session as the AWS CLI and the SDKs keep it in `~/.aws/sso/cache`; instants are ISO 8601.
 *
 * Source: https://github.com/boto/botocore/blob/develop/botocore/utils.py (SSOTokenFetcher)
 */
export interface CachedSession {
  readonly startUrl: string;
  readonly region: string;
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: string;
  readonly refreshToken?: string;
}

/** What it takes to renew a session without a browser. */
export interface Renewal {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: string;
  readonly refreshToken: string;
}

/**
 * Reads what renews the session; undefined where the file is missing, broken, or of another portal,
 * or where AWS has forgotten the client by now.
 */
export async function readRenewal(session: SsoSession, now: Date): Promise<Renewal | undefined> {
  const kept = await readKept(session);
  if (
    textField(kept, "startUrl") !== session.startUrl ||
    textField(kept, "region") !== session.region
  ) {
    return undefined;
  }
  const clientId = textField(kept, "clientId");
  const clientSecret = textField(kept, "clientSecret");
  const refreshToken = textField(kept, "refreshToken");
  const registrationExpiresAt = textField(kept, "registrationExpiresAt");
  if (!clientId || !clientSecret || !refreshToken || !registrationExpiresAt) return undefined;
  if (!(Date.parse(registrationExpiresAt) > now.getTime())) return undefined;
  return { clientId, clientSecret, refreshToken, registrationExpiresAt };
}

/** Reads when a kept session ends; undefined where there is none, or its file is broken. */
export async function readSessionEnd(session: SsoSession): Promise<Date | undefined> {
  const text = textField(await readKept(session), "expiresAt") ?? "";
  // Early versions of the AWS CLI 2 write `UTC` for the `Z` of ISO 8601.
  const expiresAt = new Date(text.replace(/UTC$/, "Z"));
  return Number.isNaN(expiresAt.getTime()) ? undefined : expiresAt;
}

/**
 * Writes a session for its user alone, in one step: another window or the CLI reads the old one or
 * the new one. Fails with `sign-in-unsaved`.
 */
export async function writeSession(session: SsoSession, content: CachedSession): Promise<void> {
  const file = cacheFile(session);
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, JSON.stringify(content, null, 2), { mode: 0o600, flag: "wx" });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const reason = textField(error, "code") ?? String(error);
    throw new EcrError({ kind: "sign-in-unsaved", path: file, reason }, { cause: error });
  }
}

/** The file is named for the session, or for the start URL where a profile has the settings. */
function cacheFile({ name, startUrl }: SsoSession): string {
  return getSSOTokenFilepath(name ?? startUrl);
}

function readKept(session: SsoSession): Promise<unknown> {
  return readFile(cacheFile(session), "utf8")
    .then(parse)
    .catch(() => undefined);
}

function parse(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return parsed;
}
