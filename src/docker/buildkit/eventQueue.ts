/** Hands events from callbacks to the loop of a generator, in order. */
export class EventQueue<T> {
  #events: T[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;

  push(event: T): void {
    this.#events.push(event);
    this.#wake?.();
  }

  /** Says that no more events come. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /** Yields the events until the end; one reader only. */
  async *read(): AsyncGenerator<T, void, void> {
    for (;;) {
      const events = this.#events;
      this.#events = [];
      yield* events;
      if (this.#events.length > 0) continue;
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
