import { setTimeout as delay } from "node:timers/promises";
import { EcrError } from "../core/errors.js";
import type { ShowDeviceCode, SignIn } from "../core/login/signIn.js";
import { numberField, textField } from "./jsonFields.js";
import { type AskOidc, makeOidcClient, type OidcAnswer } from "./oidcClient.js";
import { oidcFailure } from "./oidcErrors.js";
import { pollToken, type TokenPoll } from "./pollToken.js";
import { type CachedSession, readRenewal, writeSession } from "./ssoCache.js";
import { findSsoSession, type SsoSession } from "./ssoSession.js";
import { untilAborted } from "./untilAborted.js";

/** The name that the page of the sign-in shows. */
const CLIENT_NAME = "Push to ECR";

/** Seconds between two questions where the service does not say. */
const DEFAULT_INTERVAL_SECONDS = 5;
const DEFAULT_LIFE_SECONDS = 600;

type Client = Pick<CachedSession, "clientId" | "clientSecret" | "registrationExpiresAt">;

/** The time, as the sign-in sees it. */
export type SignInClock = Pick<TokenPoll, "now" | "wait">;

const SYSTEM_CLOCK: SignInClock = {
  now: () => new Date(),
  wait: (seconds, signal) => delay(seconds * 1000, undefined, { signal }),
};

/**
 * Makes the function that signs in with a device code.
 *
 * A session that can be renewed is, without a browser. A client that another tool registered is used
 * for that alone, as it may not be one that can ask for device codes.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html
 */
export function makeSignIn(clock: SignInClock = SYSTEM_CLOCK): SignIn {
  return async (profile, show, signal) => {
    const session = await findSsoSession(profile);
    if (typeof session === "string") return session;
    const ask = await makeOidcClient(session);
    const renewed = await renew(session, ask, clock, signal);
    if (renewed === "elsewhere") return "signed-in";
    const content = renewed ?? (await confirm(session, ask, show, clock, signal));
    signal.throwIfAborted();
    await writeSession(session, content);
    return "signed-in";
  };
}

/** Time for another window to write the session that it has renewed with the same refresh token. */
const ELSEWHERE_SECONDS = 1;

/**
 * Renews a session with its refresh token; undefined where there is none, or it has ended.
 *
 * A refresh token serves once: who comes second finds what another window or the CLI has made of it.
 */
async function renew(
  session: SsoSession,
  ask: AskOidc,
  { now, wait }: SignInClock,
  signal: AbortSignal,
): Promise<CachedSession | "elsewhere" | undefined> {
  const kept = await readRenewal(session, now());
  if (!kept) return undefined;
  const { clientId, clientSecret, refreshToken } = kept;
  const input = { clientId, clientSecret, refreshToken, grantType: "refresh_token" };
  const answer = await ask("CreateToken", input, signal);
  if (!("refusal" in answer)) return cached(session, kept, answer.fields, now());
  await wait(ELSEWHERE_SECONDS, signal);
  const latest = await readRenewal(session, now());
  return latest && latest.refreshToken !== refreshToken ? "elsewhere" : undefined;
}

/** Registers a client, has its code confirmed, and waits for the token. */
async function confirm(
  session: SsoSession,
  ask: AskOidc,
  show: ShowDeviceCode,
  clock: SignInClock,
  signal: AbortSignal,
): Promise<CachedSession> {
  const client = await register(session, ask, signal);
  const { clientId, clientSecret } = client;
  const start = { clientId, clientSecret, startUrl: session.startUrl };
  const device = accepted(await ask("StartDeviceAuthorization", start, signal), session, [
    clientSecret,
  ]);
  const startedAt = clock.now().getTime();
  const deviceCode = needed(device, "deviceCode", session);
  const page =
    textField(device, "verificationUriComplete") ?? needed(device, "verificationUri", session);
  if (!/^https?:\/\//.test(page)) throw unusable(session, "verificationUri");
  const userCode = needed(device, "userCode", session);
  await untilAborted(signal, () => show({ userCode, page }));
  const answer = await pollToken(
    {
      ...clock,
      ask,
      input: {
        clientId,
        clientSecret,
        deviceCode,
        grantType: "urn:ietf:params:oauth:grant-type:device_code",
      },
      intervalSeconds: numberField(device, "interval") ?? DEFAULT_INTERVAL_SECONDS,
      endsAt: new Date(
        startedAt + (numberField(device, "expiresIn") ?? DEFAULT_LIFE_SECONDS) * 1000,
      ),
    },
    signal,
  );
  const token = accepted(answer, session, [clientSecret, deviceCode]);
  return cached(session, client, token, clock.now());
}

async function register(session: SsoSession, ask: AskOidc, signal: AbortSignal): Promise<Client> {
  const { scopes } = session;
  const input = {
    clientName: CLIENT_NAME,
    clientType: "public",
    ...(scopes.length > 0 && { scopes }),
  };
  const client = accepted(await ask("RegisterClient", input, signal), session, []);
  const expiresAt = (numberField(client, "clientSecretExpiresAt") ?? 0) * 1000;
  return {
    clientId: needed(client, "clientId", session),
    clientSecret: needed(client, "clientSecret", session),
    registrationExpiresAt: instant(expiresAt),
  };
}

/** What to keep of a new token; a refresh token serves on where no other comes with it. */
function cached(
  session: SsoSession,
  client: Client & { readonly refreshToken?: string },
  token: object,
  now: Date,
): CachedSession {
  const { startUrl, region } = session;
  const { clientId, clientSecret, registrationExpiresAt } = client;
  const accessToken = needed(token, "accessToken", session);
  const expiresIn = numberField(token, "expiresIn");
  if (expiresIn === undefined) throw unusable(session, "expiresIn");
  const expiresAt = instant(now.getTime() + expiresIn * 1000);
  const refreshToken = textField(token, "refreshToken") ?? client.refreshToken;
  return {
    startUrl,
    region,
    accessToken,
    expiresAt,
    clientId,
    clientSecret,
    registrationExpiresAt,
    ...(refreshToken !== undefined && { refreshToken }),
  };
}

/** The AWS CLI writes and reads whole seconds. */
function instant(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d{3}Z$/, "Z");
}

function accepted(answer: OidcAnswer, { profile }: SsoSession, secrets: readonly string[]): object {
  if ("refusal" in answer) throw oidcFailure(answer.refusal, profile, secrets);
  return answer.fields;
}

function needed(fields: object, key: string, session: SsoSession): string {
  const value = textField(fields, key);
  if (value === undefined) throw unusable(session, key);
  return value;
}

function unusable({ profile }: SsoSession, field: string): EcrError {
  const message = `the answer has no usable ${field}`;
  return new EcrError({ kind: "sign-in-failed", profile, message });
}
