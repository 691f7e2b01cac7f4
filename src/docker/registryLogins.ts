import { EcrError, isCancellation } from "../core/errors.js";
import type { LoginOwner } from "../core/login/loginOwner.js";
import type { FindToken } from "../core/ports.js";
import { canonicalHost } from "./baseImage.js";
import type { StoredLogin } from "./credentialHelper.js";

/** Finds what the user has for exactly this host; undefined is anonymous. */
export type FindUserLogin = (host: string) => Promise<StoredLogin | undefined>;

/** Where the logins of a build come from. */
export interface LoginSources {
  readonly findToken: FindToken | undefined;
  readonly findUserLogin: FindUserLogin;
  /** Receives lines for the log; never a secret. */
  readonly log: (line: string) => void;
  /** Hears of logins that can't be had. */
  readonly warn: (text: string) => void;
}

/**
 * The logins of one build: for hosts of ECR their own token, else what the user's `docker login`
 * left for exactly this host, else none.
 *
 * A login that can't be had counts as none and is told, since most base images are public.
 */
export class RegistryLogins {
  readonly #owners = new Map<string, LoginOwner | undefined>();

  constructor(private readonly sources: LoginSources) {}

  /** Returns the login for exactly this host, such as `registry-1.docker.io`. */
  async find(host: string, signal: AbortSignal): Promise<StoredLogin | undefined> {
    const { findToken, findUserLogin } = this.sources;
    const found = await this.#attempt(host, async () => findToken?.(host, signal));
    if (found) {
      const { token, profile } = found;
      this.#note(host, { kind: "aws", profile });
      return { username: token.username, password: token.revealPassword() };
    }
    const login = await this.#attempt(host, () => findUserLogin(host));
    // An identity token stands alone.
    this.#note(host, login && { kind: "docker", username: login.username || "token" });
    return login;
  }

  /** Tells whose login a host got last; undefined where it got none. */
  ownerOf(host: string): LoginOwner | undefined {
    return this.#owners.get(canonicalHost(host));
  }

  async #attempt<T>(host: string, work: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (isCancellation(error)) throw error;
      const reason = reasonOf(error);
      this.sources.warn(`a login for ${host} can't be had: ${reason}`);
      return undefined;
    }
  }

  /** Remembers and logs whose login a host gets; BuildKit asks again and again. */
  #note(host: string, owner: LoginOwner | undefined): void {
    const key = canonicalHost(host);
    const isKnown = this.#owners.has(key) && describe(this.#owners.get(key)) === describe(owner);
    this.#owners.set(key, owner);
    if (!isKnown) this.sources.log(`${host} gets ${describe(owner)}`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof EcrError && error.failure.kind === "docker-config-invalid") {
    return `${error.failure.path}: ${error.failure.reason}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function describe(owner: LoginOwner | undefined): string {
  if (owner === undefined) return "no login";
  if (owner.kind === "docker") return `the docker login of ${owner.username}`;
  return `the ECR token of ${owner.profile ?? "the default credentials"}`;
}
