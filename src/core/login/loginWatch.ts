import { type AwsSession, hasEnded } from "./awsSession.js";
import {
  decideLoginStatus,
  type LoginFacts,
  type LoginRules,
  type LoginStatus,
} from "./loginStatus.js";
import type { Registry } from "../ports.js";
import { registryKey, type RegistryLocation } from "../registry.js";
import type { RegistryToken } from "./registryToken.js";
import { renewEarly } from "./renewEarly.js";
import type { TerminalLogin } from "./terminalLogins.js";
import type { TokenKeeper } from "./tokenKeeper.js";

/** What watching the logins needs. */
export interface LoginWatchPorts {
  readonly tokens: TokenKeeper;
  /** Opens a registry; makes no request. */
  readonly open: (location: RegistryLocation) => Promise<Registry>;
  /** Lists the logins of terminals for ECR's hosts and these. */
  readonly listTerminalLogins: (hosts: readonly string[]) => Promise<readonly TerminalLogin[]>;
  readonly rules: () => LoginRules;
  readonly now: () => Date;
  /** Calls back after so many milliseconds; returns what calls that off. */
  readonly wakeAfter: (milliseconds: number, wake: () => void) => () => void;
  readonly log: (line: string) => void;
  /** Hears of a session that is there again, though nobody signed in here. */
  readonly onRevived: () => void;
}

/** What was there when AWS refused; something else may be taken. */
interface Refusal {
  readonly session: AwsSession | undefined;
  readonly token: RegistryToken | undefined;
}

/** The texts count in minutes, and other windows and tools may have signed in meanwhile. */
const CHECK_INTERVAL_MS = 60_000;

/**
 * Watches when logins end: of the registries in use, and of the terminals.
 *
 * Looks anew each minute and at each threshold. Tokens past half of their life are renewed on the
 * way, so that no push has to wait for one; never where that could ask somebody for a code.
 */
export class LoginWatch {
  readonly #used = new Map<string, RegistryLocation>();
  readonly #refused = new Map<string, Refusal>();
  readonly #ended = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #stopListening: () => void;
  #facts: LoginFacts = { registries: [], terminal: [] };
  #sessions = new Map<string, AwsSession>();
  #checking: Promise<void> | undefined;
  #isAgain = false;
  #isOver = false;
  #stopWaiting = (): void => undefined;

  constructor(private readonly ports: LoginWatchPorts) {
    this.#stopListening = ports.tokens.subscribe(() => {
      for (const [key, { token }] of this.#refused) {
        const location = this.#used.get(key);
        const held = location && ports.tokens.held(location);
        if (held && held !== token) this.#refused.delete(key);
      }
      this.#tell();
      // Credentials that were made for the token tell when their session ends.
      if (this.#used.size > 0) void this.check();
    });
  }

  /** What was known when it was last looked at; tokens are those of now. */
  get facts(): LoginFacts {
    const { registries, terminal } = this.#facts;
    const { tokens } = this.ports;
    return {
      terminal,
      registries: registries.map(({ location, session }) => ({
        location,
        session,
        token: tokens.held(location),
        isRefused: this.#refused.has(registryKey(location)),
      })),
    };
  }

  /** What there is to say now. */
  get status(): LoginStatus {
    return decideLoginStatus(this.facts, this.ports.rules(), this.ports.now());
  }

  /** Says which registry is in use now. */
  async use(location: RegistryLocation): Promise<void> {
    const key = registryKey(location);
    if ([...this.#used.keys()][0] === key) return;
    this.#used.delete(key);
    const others = [...this.#used];
    this.#used.clear();
    for (const [otherKey, other] of [[key, location] as const, ...others]) {
      this.#used.set(otherKey, other);
    }
    await this.check();
  }

  /** Says that AWS does not take the credentials of a profile. */
  markRefused(profile: string | undefined): void {
    for (const [key, location] of this.#used) {
      if (location.profile !== profile) continue;
      const token = this.ports.tokens.held(location);
      this.#refused.set(key, { session: this.#sessions.get(key), token });
    }
    this.#tell();
  }

  /** Forgets refusals, as after a sign-in. */
  async forgetRefusals(): Promise<void> {
    this.#refused.clear();
    this.#ended.clear();
    await this.check();
  }

  /** Looks at everything anew; one look at a time. */
  async check(): Promise<void> {
    this.#isAgain = true;
    this.#checking ??= this.#checkAll().finally(() => (this.#checking = undefined));
    await this.#checking;
  }

  /** Calls `listener` after each change, and each minute; returns the function that ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#isOver = true;
    this.#stopWaiting();
    this.#stopListening();
    this.#listeners.clear();
  }

  async #checkAll(): Promise<void> {
    while (this.#isAgain && !this.#isOver) {
      this.#isAgain = false;
      const locations = [...this.#used.values()];
      const found = await Promise.all(locations.map((location) => this.#readSession(location)));
      this.#sessions = new Map(
        found.flatMap(([key, session]) => (session ? [[key, session]] : [])),
      );
      const terminal = await this.#readTerminal();
      const registries = locations.map((location) => ({
        location,
        token: undefined,
        session: this.#sessions.get(registryKey(location)),
        isRefused: false,
      }));
      this.#facts = { registries, terminal };
      this.#noteRevivals();
      for (const location of locations) void this.#renew(location);
    }
    this.#tell();
  }

  async #readSession(location: RegistryLocation): Promise<[string, AwsSession | undefined]> {
    const key = registryKey(location);
    try {
      const registry = await this.ports.open(location);
      return [key, await registry.readSession(AbortSignal.timeout(CHECK_INTERVAL_MS))];
    } catch (error) {
      this.ports.log(`the AWS session of ${key} is not known: ${String(error)}`);
      return [key, undefined];
    }
  }

  async #readTerminal(): Promise<readonly TerminalLogin[]> {
    const { tokens, listTerminalLogins, log } = this.ports;
    const hosts = [...this.#used.values()].flatMap((location) => tokens.held(location)?.host ?? []);
    try {
      return await listTerminalLogins(hosts);
    } catch (error) {
      log(`the logins of terminals are not known: ${String(error)}`);
      return [];
    }
  }

  /** A session that has changed since AWS refused may be a new one; AWS is asked again then. */
  #noteRevivals(): void {
    let isRevived = false;
    for (const [key, session] of this.#sessions) {
      const refusal = this.#refused.get(key);
      const isChanged = refusal !== undefined && !isSame(refusal.session, session);
      const isOver = hasEnded(session, this.ports.now());
      if (isChanged && !isOver) this.#refused.delete(key);
      if (isOver || this.#refused.has(key)) this.#ended.add(key);
      else if (this.#ended.delete(key)) isRevived = true;
    }
    if (isRevived) this.ports.onRevived();
  }

  async #renew(location: RegistryLocation): Promise<void> {
    const key = registryKey(location);
    if (this.#refused.has(key) || this.ports.rules().renewal === "ask") return;
    const isRefused = await renewEarly(this.ports, location, this.#sessions.get(key));
    if (isRefused) this.markRefused(location.profile);
  }

  #tell(): void {
    if (this.#isOver) return;
    for (const listener of this.#listeners) listener();
    this.#stopWaiting();
    if (this.#used.size === 0) return;
    const change = this.status.changesAt;
    const untilChange = change ? change.getTime() - this.ports.now().getTime() : Infinity;
    this.#stopWaiting = this.ports.wakeAfter(Math.min(untilChange, CHECK_INTERVAL_MS), () => {
      void this.check();
    });
  }
}

function isSame(one: AwsSession | undefined, other: AwsSession): boolean {
  return one?.isThere === other.isThere && one.expiresAt?.getTime() === other.expiresAt?.getTime();
}
