import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { asRecord, asText } from "./untyped.js";

/** A login of the user's; an identity token stands alone as the password. */
export interface StoredLogin {
  readonly username: string;
  readonly password: string;
}

/** How long a helper may take; some ask the user for a fingerprint. */
const HELPER_MS = 60_000;
/** What helpers say when they know no login: https://github.com/docker/docker-credential-helpers/blob/master/credentials/error.go */
const NOT_FOUND = /credentials not found in native keychain|no credentials server URL/i;
/** The name that stands for an identity token. */
const TOKEN_USER = "<token>";

/**
 * Asks `docker-credential-<name>` for the login of a server; undefined where it knows none.
 *
 * Fails when the program is missing or complains; what it printed is never part of the message,
 * as it may hold the secret.
 * Protocol: https://github.com/docker/docker-credential-helpers#development
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  environment: NodeJS.ProcessEnv,
): Promise<StoredLogin | undefined> {
  const { program, code, output } = await runHelper(name, "get", `${server}\n`, environment);
  if (code !== 0) {
    if (NOT_FOUND.test(output)) return undefined;
    throw new Error(`${program} ended with code ${String(code)}`);
  }
  return toLogin(program, output);
}

/** Has `docker-credential-<name>` keep a login for a server; fails as `askCredentialHelper` does. */
export async function storeInHelper(
  name: string,
  server: string,
  { username, password }: StoredLogin,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const input = JSON.stringify({ ServerURL: server, Username: username, Secret: password });
  const { program, code, output } = await runHelper(name, "store", input, environment);
  if (code === 0) return;
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html
  const isTooLong = /stub received bad data/i.test(output);
  const reason = isTooLong ? "keeps at most 2,500 characters" : `ended with code ${String(code)}`;
  throw new Error(`${program} ${reason}`);
}

/** Has `docker-credential-<name>` forget a server; fails as `askCredentialHelper` does. */
export async function eraseFromHelper(
  name: string,
  server: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { program, code, output } = await runHelper(name, "erase", `${server}\n`, environment);
  if (code !== 0 && !NOT_FOUND.test(output)) {
    throw new Error(`${program} ended with code ${String(code)}`);
  }
}

interface HelperResult {
  readonly program: string;
  readonly code: number | null;
  /** May hold a secret. */
  readonly output: string;
}

/** Secrets go through the helper's input: everybody on the machine can read its arguments. */
async function runHelper(
  name: string,
  verb: "get" | "store" | "erase",
  input: string,
  environment: NodeJS.ProcessEnv,
): Promise<HelperResult> {
  const program = `docker-credential-${name}`;
  const child = spawn(program, [verb], {
    env: environment,
    stdio: ["pipe", "pipe", "ignore"],
    timeout: HELPER_MS,
    windowsHide: true,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => {
      reject(new Error(`${program} can't be run`, { cause: error }));
    });
    child.on("close", resolve);
  });
  // A helper that ends without reading its input is judged by how it ends.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [code, output] = await Promise.all([ended, text(child.stdout)]);
  return { program, code, output };
}

function toLogin(program: string, output: string): StoredLogin | undefined {
  let fields: Readonly<Record<string, unknown>> | undefined;
  try {
    fields = asRecord(JSON.parse(output));
  } catch {
    // The parser's own message would quote the secret.
  }
  const username = asText(fields?.["Username"]);
  const password = asText(fields?.["Secret"]);
  if (username === undefined || password === undefined) {
    throw new Error(`${program} answered something else than a login`);
  }
  if (!password) return undefined;
  return { username: username === TOKEN_USER ? "" : username, password };
}
