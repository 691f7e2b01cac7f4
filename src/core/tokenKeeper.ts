import { EcrError, isCancellation } from "./errors.js";
import type { Registry } from "./ports.js";
import { registryKey, type RegistryLocation } from "./registry.js";
import type { RegistryToken } from "./registryToken.js";

/**
 * How long one request for a token may take before it counts as failed: long enough for somebody to
 * find and type the code of an MFA device.
 */
const FETCH_TIMEOUT_MS = 300_000;

/**
 * Keeps one live login token per registry, in memory only.
 *
 * A token is renewed at half of its life, so that none ends during an upload. When AWS can't be
 * reached at that moment, the old token serves on while it lives.
 */
export class TokenKeeper {
  readonly #tokens = new Map<string, RegistryToken>();
  readonly #pending = new Map<string, Promise<RegistryToken>>();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly now: () => Date,
    private readonly log: (line: string) => void,
    private readonly fetchTimeoutMs = FETCH_TIMEOUT_MS,
  ) {}

  /** Returns a token in the first half of its life, asking AWS only when there is none. */
  async token(registry: Registry, signal: AbortSignal): Promise<RegistryToken> {
    const held = this.held(registry.location);
    if (held && !held.isPastHalfLife(this.now())) {
      return held;
    }
    try {
      return await this.renew(registry, signal);
    } catch (error) {
      if (held && held.remainingMs(this.now()) > 0 && isPassing(error)) {
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

  /** Returns the token in memory, even one that has ended; makes no request. */
  held(location: RegistryLocation): RegistryToken | undefined {
    return this.#tokens.get(registryKey(location));
  }

  /** Drops all tokens, as when the identity behind them has changed. */
  forgetAll(): void {
    this.#tokens.clear();
    this.#pending.clear();
    this.#tell();
  }

  /** Calls `listener` after each change; returns the function that ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #fetch(key: string, registry: Registry): Promise<RegistryToken> {
    const pending = this.#fetchInTime(registry)
      .then((token) => {
        // A request that was under way when all was forgotten belongs to the former identity.
        if (this.#pending.get(key) === pending) {
          this.#tokens.set(key, token);
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
    const timeout = AbortSignal.timeout(this.fetchTimeoutMs);
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
