import { EcrError, isCancellation } from "../errors.js";
import type { Registry } from "../ports.js";
import { locationOfKey, registryKey, type RegistryLocation } from "../registry.js";
import type { RegistryToken } from "./registryToken.js";

/**
 * How long one request for a token may take before it counts as failed: long enough for somebody to
 * find and type the code of an MFA device.
 */
const FETCH_TIMEOUT_MS = 300_000;

/** How long a living token serves on after AWS could not renew it, before AWS is asked again. */
const RENEWAL_PAUSE_MS = 60_000;

/** How a keeper works; for the settings, and for tests. */
export interface TokenKeeperOptions {
  /** Whether tokens are renewed at half of their life rather than at its end; default: yes. */
  readonly renewsEarly?: () => boolean;
  readonly fetchTimeoutMs?: number;
}

/**
 * Keeps one live login token per registry host and identity, in memory only.
 *
 * What a token opens is up to the identity that asked for it, so two profiles that reach the same
 * host have a token each. A token is renewed at half of its life, so that none ends during an
 * upload. When AWS can't be reached at that moment, the old token serves on while it lives. Lives
 * are told by the clock on the wall, which goes on while a computer sleeps.
 */
export class TokenKeeper {
  readonly #tokens = new Map<string, RegistryToken>();
  readonly #pending = new Map<string, Promise<RegistryToken>>();
  /** When AWS last could not renew a token. */
  readonly #failedAt = new Map<string, Date>();
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly now: () => Date,
    private readonly log: (line: string) => void,
    private readonly options: TokenKeeperOptions = {},
  ) {}

  /** Returns a token in the first half of its life, asking AWS only when there is none. */
  async token(registry: Registry, signal: AbortSignal): Promise<RegistryToken> {
    const held = this.held(registry.location);
    if (held && !this.#isDue(registry.location, held)) {
      return held;
    }
    try {
      return await this.renew(registry, signal);
    } catch (error) {
      if (held && held.remainingMs(this.now()) > 0 && isPassing(error)) {
        this.#failedAt.set(registryKey(registry.location), this.now());
        this.log(`token for ${held.host} is not renewed and serves on: ${String(error)}`);
        return held;
      }
      throw error;
    }
  }

  /** Asks AWS for a new token; callers that ask at the same time share one request. */
  async renew(registry: Registry, signal: AbortSignal): Promise<RegistryToken> {
    signal.throwIfAborted();
    const key = registryKey(registry.location);
    const pending = this.#pending.get(key) ?? this.#fetch(key, registry);
    return await untilAborted(pending, signal);
  }

  /**
   * Returns another token than one that the registry has refused: the one that somebody else has got
   * meanwhile, or a new one.
   */
  async replace(
    registry: Registry,
    refused: RegistryToken,
    signal: AbortSignal,
  ): Promise<RegistryToken> {
    const held = this.held(registry.location);
    return held && !held.isSameLogin(refused) ? held : await this.renew(registry, signal);
  }

  /** Returns the token in memory, even one that has ended; makes no request. */
  held(location: RegistryLocation): RegistryToken | undefined {
    return this.#tokens.get(registryKey(location));
  }

  /** Drops all tokens, as when the identity behind them has changed. */
  forgetAll(): void {
    this.forget(() => true);
  }

  /** Drops the tokens of these registries, as `forgetAll` does with all. */
  forget(isMeant: (location: RegistryLocation) => boolean): void {
    for (const kept of [this.#tokens, this.#pending, this.#failedAt]) {
      for (const key of kept.keys()) {
        if (isMeant(locationOfKey(key))) kept.delete(key);
      }
    }
    this.#tell();
  }

  /** Calls `listener` after each change; returns the function that ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells whether a token is to be renewed now. */
  #isDue(location: RegistryLocation, held: RegistryToken): boolean {
    const now = this.now();
    if (held.remainingMs(now) <= 0) return true;
    const renewsEarly = this.options.renewsEarly?.() ?? true;
    if (!renewsEarly || !held.isPastHalfLife(now)) return false;
    const failedAt = this.#failedAt.get(registryKey(location));
    // The clock may have been set back meanwhile.
    return !failedAt || Math.abs(now.getTime() - failedAt.getTime()) >= RENEWAL_PAUSE_MS;
  }

  #fetch(key: string, registry: Registry): Promise<RegistryToken> {
    const pending = this.#fetchInTime(registry)
      .then((token) => {
        // A request that was under way when all was forgotten belongs to the former identity.
        if (this.#pending.get(key) === pending) {
          this.#tokens.set(key, token);
          this.#failedAt.delete(key);
          this.#tell();
        }
        return token;
      })
      .finally(() => {
        if (this.#pending.get(key) === pending) this.#pending.delete(key);
      });
    this.#pending.set(key, pending);
    return pending;
  }

  /** Fetches a token; that the time is over is a failure, as nobody has cancelled anything. */
  async #fetchInTime(registry: Registry): Promise<RegistryToken> {
    const timeout = AbortSignal.timeout(this.options.fetchTimeoutMs ?? FETCH_TIMEOUT_MS);
    try {
      return await registry.fetchToken(timeout);
    } catch (error) {
      if (!timeout.aborted || !isCancellation(error)) throw error;
      const { endpoint, region } = registry.location;
      const host = endpoint === undefined ? "ECR" : new URL(endpoint).host;
      throw new EcrError({ kind: "aws-unreachable", host, region }, { cause: timeout.reason });
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof EcrError &&
    (error.failure.kind === "aws-unreachable" || error.failure.kind === "throttled")
  );
}

/** Settles as `promise` does, or rejects as soon as the caller's own signal aborts. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onAbort);
    });
  });
}
