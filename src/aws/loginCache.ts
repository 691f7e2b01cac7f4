import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { field, textField } from "./jsonFields.js";

/** What `aws login` has left of a session. */
export interface LoginSession {
  readonly expiresAt: Date;
  readonly isRenewable: boolean;
}

/**
 * Reads the session that `aws login` keeps; undefined where there is none, or its file is broken.
 *
 * Source: https://github.com/aws/aws-sdk-js-v3/blob/main/packages-internal/credential-provider-login/src/LoginCredentialsFetcher.ts
 */
export async function readLoginSession(loginSession: string): Promise<LoginSession | undefined> {
  const folder =
    process.env["AWS_LOGIN_CACHE_DIRECTORY"] ?? path.join(homedir(), ".aws", "login", "cache");
  const name = createHash("sha256").update(loginSession, "utf8").digest("hex");
  try {
    const kept: unknown = JSON.parse(await readFile(path.join(folder, `${name}.json`), "utf8"));
    const expiresAt = new Date(textField(field(kept, "accessToken"), "expiresAt") ?? Number.NaN);
    if (Number.isNaN(expiresAt.getTime())) return undefined;
    return { expiresAt, isRenewable: textField(kept, "refreshToken") !== undefined };
  } catch {
    return undefined;
  }
}
