/**
 * A login token for one registry host, kept in memory only.
 *
 * The password is private and every way of printing a token redacts it.
 */
export class RegistryToken {
  readonly #password: string;

  constructor(
    /** The host that the token is for, with its port and without a scheme. */
    readonly host: string,
    readonly username: string,
    password: string,
    readonly issuedAt: Date,
    readonly expiresAt: Date,
  ) {
    this.#password = password;
  }

  /** Milliseconds of life left at `now`, negative once the token has ended. */
  remainingMs(now: Date): number {
    return this.expiresAt.getTime() - now.getTime();
  }

  /** Half of the token's life, which is when it is renewed. */
  get halfLifeAt(): Date {
    return new Date((this.issuedAt.getTime() + this.expiresAt.getTime()) / 2);
  }

  /** Tells whether less than half of the token's life is left. */
  isPastHalfLife(now: Date): boolean {
    return now > this.halfLifeAt;
  }

  /** Returns the password, for the one request that sends it to `host`. */
  revealPassword(): string {
    return this.#password;
  }

  /** Tells whether another token is this one, perhaps under another host's name. */
  isSameLogin(other: RegistryToken): boolean {
    return this.username === other.username && this.#password === other.#password;
  }

  /** Returns the same token under the name of another host that takes it. */
  forHost(host: string): RegistryToken {
    return new RegistryToken(host, this.username, this.#password, this.issuedAt, this.expiresAt);
  }

  toString(): string {
    return `RegistryToken(${this.host}, expires ${this.expiresAt.toISOString()})`;
  }

  toJSON(): string {
    return this.toString();
  }
}
