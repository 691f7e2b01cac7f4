/**
 * The calls that a double got, in order, and what tests want to happen at them.
 *
 * A call is met twice: `name` before its work is done, and `name done` after it, before the caller
 * hears of it.
 */
export class Calls {
  readonly #names: string[] = [];
  readonly #plans = new Map<string, () => void>();
  /** What each call waits for before its work is done; tells calls that are made at once. */
  hold: (name: string) => Promise<void> = () => Promise.resolve();

  /** Names of the calls so far; their ends are left out. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Runs `effect` when the call is met next: it may throw, or abort a signal. */
  plan(name: string, effect: () => void): void {
    this.#plans.set(name, effect);
  }

  /** Notes a call, does what is planned for it, and hears the signal as real work does. */
  async begin(name: string, signal: AbortSignal): Promise<void> {
    this.#names.push(name);
    await this.hold(name);
    await this.#meet(name, signal);
  }

  /** Ends a call whose work is done. */
  async end(name: string, signal: AbortSignal): Promise<void> {
    await this.#meet(`${name} done`, signal);
  }

  async #meet(name: string, signal: AbortSignal): Promise<void> {
    await Promise.resolve();
    const effect = this.#plans.get(name);
    this.#plans.delete(name);
    effect?.();
    signal.throwIfAborted();
  }
}
