import { stat } from "node:fs/promises";
import { tryParseEcrHost } from "../core/ecrHost.js";
import { EcrError } from "../core/errors.js";
import type { ContainerClient } from "../core/login/loginRefusal.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import type {
  LoginHolder,
  LoginWay,
  LoginWays,
  TerminalLogin,
  TerminalLogins,
} from "../core/login/terminalLogins.js";
import { tryReadTokenExpiry } from "../core/login/tokenExpiry.js";
import {
  askCredentialHelper,
  eraseFromHelper,
  storeInHelper,
  type StoredLogin,
} from "./credentialHelper.js";
import { type DockerConfig, parseDockerConfig, readDockerConfig } from "./dockerConfig.js";
import { dockerConfigFile, findEntry, helperFor, hostOf } from "./dockerLogins.js";
import { asRecord, asText } from "./untyped.js";
import { isOnPath, podmanAuthFile, type TerminalMachine } from "./terminalMachine.js";
import { updateDockerConfig } from "./updateDockerConfig.js";
import { readFailureReason } from "./walkContext.js";

/** AWS's own helper, by its name in the config: it gets a new token each time and stores none. */
const ECR_LOGIN = "ecr-login";

/** The logins in the docker command's config file, and in the helpers that it names. */
export class DockerTerminalLogins implements TerminalLogins {
  #seen: { readonly stamp: string; readonly logins: readonly TerminalLogin[] } | undefined;

  constructor(
    private readonly machine: TerminalMachine,
    private readonly client: ContainerClient = "docker",
  ) {}

  async list(others: readonly string[]): Promise<readonly TerminalLogin[]> {
    const stamp = `${await stampOf(this.#file)} ${others.join(" ")}`;
    // Helpers may ask the user for a fingerprint, so they aren't asked again without a reason.
    if (this.#seen?.stamp === stamp) return this.#seen.logins;
    const given = this.#variable();
    const { config } = await readDockerConfig(this.#file);
    const isWanted = (host: string): boolean =>
      tryParseEcrHost(host) !== undefined || others.includes(host);
    const logins = await Promise.all(
      [...new Set([...listHosts(given), ...listHosts(config)])]
        .filter(isWanted)
        .map((host) => this.#read(host, given, config)),
    );
    const found = logins.filter((login) => login !== undefined);
    this.#seen = { stamp, logins: found };
    return found;
  }

  async listWays(host: string): Promise<LoginWays> {
    const { config } = await readDockerConfig(this.#file);
    const helper = helperFor(config, host);
    const isWindows = this.machine.platform === "win32";
    const isAutomatic = helper === ECR_LOGIN;
    const kept: LoginWay =
      helper === undefined || isAutomatic
        ? { kind: "file", path: this.#file }
        : {
            kind: "helper",
            program: `docker-credential-${helper}`,
            isShort: helper === "wincred" || (helper === "desktop" && isWindows),
          };
    const hasEcrLogin = await isOnPath(`docker-credential-${ECR_LOGIN}`, this.machine);
    // AWS's helper gets credentials by itself, so it is of no use for a registry that isn't AWS's.
    const canHelp = hasEcrLogin && tryParseEcrHost(host) !== undefined;
    const ways: LoginWay[] = canHelp ? [{ kind: ECR_LOGIN }, kept] : [kept];
    if (kept.kind === "helper" && kept.isShort) ways.push({ kind: "file", path: this.#file });
    return { isAutomatic, ways };
  }

  async logIn(token: RegistryToken, way: LoginWay): Promise<void> {
    const { host } = token;
    if (findEntry(this.#variable(), host)) {
      throw unkept(host, "DOCKER_AUTH_CONFIG holds one, which goes first");
    }
    await this.#change(host, async () => {
      if (way.kind === ECR_LOGIN) {
        await this.#update((config) => withHelper(config, host, ECR_LOGIN));
        return;
      }
      const login = { username: token.username, password: token.revealPassword() };
      if (way.kind === "helper") {
        const helper = way.program.replace(/^docker-credential-/, "");
        await storeInHelper(helper, host, login, this.machine.environment);
        // The empty entry is what the docker command leaves as well, to know which hosts there are.
        await this.#update((config) => withEntry(config, host, {}));
        return;
      }
      const auth = Buffer.from(`${login.username}:${login.password}`).toString("base64");
      await this.#update((config) => {
        const isElsewhere = helperFor(config, host) !== undefined;
        return withEntry(isElsewhere ? withHelper(config, host, "") : config, host, { auth });
      });
    });
  }

  async logOut(host: string): Promise<void> {
    const { config } = await readDockerConfig(this.#file);
    const helper = helperFor(config, host);
    await this.#change(host, async () => {
      if (helper !== undefined && helper !== ECR_LOGIN) {
        await eraseFromHelper(helper, host, this.machine.environment);
      }
      await this.#update((current) => withoutHost(current, host));
    });
  }

  get #file(): string {
    const { environment, homeFolder } = this.machine;
    return this.client === "podman"
      ? podmanAuthFile(this.machine)
      : dockerConfigFile(environment, homeFolder);
  }

  #variable(): DockerConfig {
    if (this.client === "podman") return {};
    return parseDockerConfig(
      this.machine.environment["DOCKER_AUTH_CONFIG"] ?? "",
      "DOCKER_AUTH_CONFIG",
    );
  }

  async #update(change: (config: DockerConfig) => DockerConfig): Promise<void> {
    await updateDockerConfig(this.#file, change);
    this.#seen = undefined;
  }

  async #change(host: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof EcrError) throw error;
      throw unkept(host, reasonOf(error), error);
    }
  }

  async #read(
    host: string,
    given: DockerConfig,
    config: DockerConfig,
  ): Promise<TerminalLogin | undefined> {
    const fromVariable = findEntry(given, host);
    if (fromVariable) return toLogin(host, "environment", fromVariable);
    const helper = helperFor(config, host);
    if (helper === undefined) {
      const entry = findEntry(config, host);
      return entry && toLogin(host, "config", entry);
    }
    if (helper === ECR_LOGIN) return { host, expiresAt: undefined, heldBy: ECR_LOGIN };
    const isOwn = asText(asRecord(config["credHelpers"])?.[host]) !== undefined;
    const heldBy = isOwn ? "helper" : "store";
    try {
      const login = await askCredentialHelper(helper, host, this.machine.environment);
      return login && toLogin(host, heldBy, login);
    } catch (error) {
      this.machine.log(`the terminal's login for ${host} can't be read: ${String(error)}`);
      return { host, expiresAt: undefined, heldBy };
    }
  }
}

/** Makes the function that returns the logins of a program, each with its own memory. */
export function makeTerminalLogins(
  machine: TerminalMachine,
): (client: ContainerClient) => TerminalLogins {
  const [docker, podman] = [
    new DockerTerminalLogins(machine),
    new DockerTerminalLogins(machine, "podman"),
  ];
  return (client) => (client === "podman" ? podman : docker);
}

function toLogin(host: string, heldBy: LoginHolder, { password }: StoredLogin): TerminalLogin {
  return { host, heldBy, expiresAt: tryReadTokenExpiry(password) };
}

function listHosts(config: DockerConfig): string[] {
  const named = ["auths", "credHelpers"].flatMap((key) => Object.keys(asRecord(config[key]) ?? {}));
  return named.map(hostOf);
}

function withEntry(config: DockerConfig, host: string, entry: object): DockerConfig {
  return { ...config, auths: { ...asRecord(config["auths"]), [host]: entry } };
}

function withHelper(config: DockerConfig, host: string, helper: string): DockerConfig {
  return { ...config, credHelpers: { ...asRecord(config["credHelpers"]), [host]: helper } };
}

/** Removes a host's login; its helper goes too where it is one that `logIn` sets. */
function withoutHost(config: DockerConfig, host: string): DockerConfig {
  const helper = asRecord(config["credHelpers"])?.[host];
  const isOurs = helper === ECR_LOGIN || helper === "";
  const without = (key: string): DockerConfig => {
    const entries = Object.entries(asRecord(config[key]) ?? {}).filter(([name]) => name !== host);
    return config[key] ? { [key]: Object.fromEntries(entries) } : {};
  };
  return { ...config, ...without("auths"), ...(isOurs ? without("credHelpers") : {}) };
}

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : "absent";
}

/** Our own errors say what is wrong; those of the file system are put in words. */
function reasonOf(error: unknown): string {
  const isSystem = error instanceof Error && "syscall" in error;
  return error instanceof Error && !isSystem ? error.message : readFailureReason(error);
}

function unkept(host: string, reason: string, cause?: unknown): EcrError {
  return new EcrError({ kind: "docker-login-failed", host, reason }, { cause });
}
