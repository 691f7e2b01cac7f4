import type { RegistryToken } from "./registryToken.js";

/** A login for a registry of ECR that the docker command in a terminal has. */
export interface TerminalLogin {
  /** The registry's host, with its port where it has one. */
  readonly host: string;
  /**
   * When the token ends, as far as the token itself tells; undefined where it doesn't, and where a
   * helper gets a new one each time.
   */
  readonly expiresAt: Date | undefined;
  readonly heldBy: LoginHolder;
}

/**
 * Who keeps a login: the variable `DOCKER_AUTH_CONFIG`, the config file itself, the store for all
 * hosts, the helper of this one host; `ecr-login` keeps none and asks AWS each time.
 */
export type LoginHolder = "environment" | "config" | "store" | "helper" | "ecr-login";

/** A way to log a terminal in to one registry. */
export type LoginWay =
  /** `docker-credential-ecr-login` asks AWS by itself from then on. */
  | { readonly kind: "ecr-login" }
  /** The configured helper keeps the token. */
  | {
      readonly kind: "helper";
      readonly program: string;
      /** True where it may not have room for a token: Windows keeps 2,500 characters at most. */
      readonly isShort: boolean;
    }
  /** The config file keeps the token, readable for this user only and not encrypted. */
  | { readonly kind: "file"; readonly path: string };

/** What there is to choose from for one host. */
export interface LoginWays {
  /** True where `docker-credential-ecr-login` is set for this host: no login is needed. */
  readonly isAutomatic: boolean;
  /** The likeliest first; never empty. */
  readonly ways: readonly LoginWay[];
}

/** The logins of the docker command in this machine's terminals; only a person's click adds one. */
export interface TerminalLogins {
  /**
   * Lists the logins for hosts of ECR, and for those of `others` that are none of AWS.
   *
   * Helpers are asked only about these hosts, and only after the file has changed. Fails with
   * `docker-config-invalid`.
   */
  list(others: readonly string[]): Promise<readonly TerminalLogin[]>;
  /** Tells how a host can be logged in; fails with `docker-config-invalid`. */
  listWays(host: string): Promise<LoginWays>;
  /** Keeps a token; fails with `docker-config-invalid` or `docker-login-failed`. */
  logIn(token: RegistryToken, way: LoginWay): Promise<void>;
  /** Removes what the terminal has for a host; fails as `logIn` does. */
  logOut(host: string): Promise<void>;
}
