import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { tryParseObject } from "../localEcr/json.js";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
const tokenLifeSeconds = 8 * 3600;

/** What a local IAM Identity Center is started with. */
export interface LocalSsoOptions {
  /** The one portal that it knows. */
  readonly startUrl: string;
  /** The access key id of the role credentials; a local ECR reads the account from it. */
  readonly accessKeyId: string;
  /** Where the page that confirms codes is said to be; default: the server's own origin. */
  readonly pageOrigin?: string;
}

/** A code that somebody is to confirm, and how far that is. */
interface Device {
  readonly clientId: string;
  readonly userCode: string;
  readonly scopes: readonly string[];
  state: "pending" | "approved" | "denied" | "expired" | "used";
}

/** A local IAM Identity Center that listens: OIDC, portal, and the page that confirms codes. */
export interface LocalSso {
  readonly origin: string;
  /** Every operation that was asked for, in order. */
  readonly operations: readonly string[];
  /** Every secret that it has handed out. */
  readonly secrets: readonly string[];
  /** What the next questions for a token get before the device's own state counts. */
  readonly nextAnswers: string[];
  /** The seconds between two questions that it asks for; undefined leaves that out. */
  intervalSeconds: number | undefined;
  /** Decides all codes that are pending. */
  decide(state: Exclude<Device["state"], "used">): void;
  /** Forgets all sessions, as when an administrator ends them. */
  endSessions(): void;
  close(): Promise<void>;
}

/** A refusal as AWS words it: the code of the standard, and the exception's name in a header. */
class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status = 400,
  ) {
    super(`${code} of the local portal`);
  }
}

/**
 * Starts an IAM Identity Center on this machine: what devices, the AWS SDK and a browser need of it.
 *
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html
 */
export async function startLocalSso(options: LocalSsoOptions): Promise<LocalSso> {
  const clients = new Map<string, { secret: string; scopes: readonly string[] }>();
  const devices = new Map<string, Device>();
  const sessions = new Set<string>();
  const refreshTokens = new Map<string, string>();
  const operations: string[] = [];
  const secrets: string[] = [];
  const nextAnswers: string[] = [];

  const secret = (kind: string): string => {
    const made = `${kind}-${randomUUID()}`;
    secrets.push(made);
    return made;
  };

  const register = (input: Fields): object => {
    if (input["clientType"] !== "public" || !input["clientName"]) {
      throw new Refusal("invalid_client_metadata");
    }
    const clientId = randomUUID();
    const scopes = Array.isArray(input["scopes"]) ? input["scopes"].map(String) : [];
    const client = { secret: secret("client-secret"), scopes };
    clients.set(clientId, client);
    const clientIdIssuedAt = Math.floor(Date.now() / 1000);
    const clientSecretExpiresAt = clientIdIssuedAt + 90 * 24 * 3600;
    return { clientId, clientSecret: client.secret, clientIdIssuedAt, clientSecretExpiresAt };
  };

  const knownClient = (input: Fields): { id: string; scopes: readonly string[] } => {
    const id = String(input["clientId"]);
    const client = clients.get(id);
    if (!client || client.secret !== input["clientSecret"])
      throw new Refusal("invalid_client", 401);
    return { id, scopes: client.scopes };
  };

  const authorize = (input: Fields): object => {
    const { id: clientId, scopes } = knownClient(input);
    if (input["startUrl"] !== options.startUrl) throw new Refusal("invalid_request");
    const deviceCode = secret("device-code");
    const userCode = `${letters()}-${letters()}`;
    devices.set(deviceCode, { clientId, userCode, scopes, state: "pending" });
    const verificationUri = `${options.pageOrigin ?? sso.origin}/device`;
    const verificationUriComplete = `${verificationUri}?user_code=${userCode}`;
    const interval = sso.intervalSeconds;
    return {
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete,
      expiresIn: 600,
      interval,
    };
  };

  const newSession = (clientId: string, scopes: readonly string[]): object => {
    const accessToken = secret("access-token");
    sessions.add(accessToken);
    const session = { accessToken, tokenType: "Bearer", expiresIn: tokenLifeSeconds };
    if (!scopes.includes("sso:account:access")) return session;
    const refreshToken = secret("refresh-token");
    refreshTokens.set(refreshToken, clientId);
    return { ...session, refreshToken };
  };

  const createToken = (input: Fields): object => {
    const { id, scopes } = knownClient(input);
    const planned = nextAnswers.shift();
    if (planned !== undefined) throw new Refusal(planned, planned === "server_error" ? 500 : 400);
    if (input["grantType"] === "refresh_token") {
      const token = String(input["refreshToken"]);
      if (refreshTokens.get(token) !== id) throw new Refusal("invalid_grant");
      refreshTokens.delete(token);
      return newSession(id, scopes);
    }
    if (input["grantType"] !== deviceGrant) throw new Refusal("unsupported_grant_type");
    const device = devices.get(String(input["deviceCode"]));
    if (device?.clientId !== id || device.state === "used") throw new Refusal("invalid_grant");
    if (device.state === "pending") throw new Refusal("authorization_pending");
    if (device.state === "denied") throw new Refusal("access_denied");
    if (device.state === "expired") throw new Refusal("expired_token");
    device.state = "used";
    return newSession(id, device.scopes);
  };

  const roleCredentials = (request: IncomingMessage): object => {
    if (!sessions.has(String(request.headers["x-amz-sso_bearer_token"]))) {
      throw new Refusal("unauthorized", 401);
    }
    const { accessKeyId } = options;
    const expiration = Date.now() + 3_600_000;
    const [secretAccessKey, sessionToken] = [secret("secret-key"), secret("session-token")];
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration } };
  };

  /** The page approves on sight: nobody else can see this machine's. */
  const page = (url: URL, response: ServerResponse): void => {
    for (const device of devices.values()) {
      const isShown = device.userCode === url.searchParams.get("user_code");
      if (isShown && device.state === "pending") device.state = "approved";
    }
    response.setHeader("content-type", "text/html");
    response.end("<title>Local sign-in</title><p>Signed in. This page can be closed.</p>");
  };

  const posts: Readonly<Record<string, readonly [string, (input: Fields) => object]>> = {
    "/client/register": ["RegisterClient", register],
    "/device_authorization": ["StartDeviceAuthorization", authorize],
    "/token": ["CreateToken", createToken],
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", sso.origin);
    if (url.pathname === "/device") {
      page(url, response);
      return;
    }
    response.setHeader("content-type", "application/json");
    const input = tryParseObject((await text(request)) || "{}") ?? {};
    const post = posts[url.pathname];
    try {
      if (url.pathname === "/federation/credentials") {
        operations.push("GetRoleCredentials");
        response.end(JSON.stringify(roleCredentials(request)));
      } else if (post && request.method === "POST") {
        operations.push(post[0]);
        response.end(JSON.stringify(post[1](input)));
      } else {
        response.writeHead(404).end();
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response.writeHead(error.status, { "x-amzn-errortype": exceptionName(error.code) });
      response.end(JSON.stringify({ error: error.code, error_description: error.message }));
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const sso: LocalSso = {
    origin: `http://127.0.0.1:${String(port)}`,
    operations,
    secrets,
    nextAnswers,
    intervalSeconds: 1,
    decide(state) {
      for (const device of devices.values()) {
        if (device.state === "pending") device.state = state;
      }
    },
    endSessions() {
      sessions.clear();
      refreshTokens.clear();
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return sso;
}

type Fields = Readonly<Record<string, unknown>>;

function letters(): string {
  return randomUUID()
    .replaceAll(/[^a-f]/g, "")
    .padEnd(4, "XYZW")
    .slice(0, 4)
    .toUpperCase();
}

function exceptionName(code: string): string {
  const words = code.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join("")}Exception`;
}
