/** Events that may wait for the reader before those who make them wait too. */
const MAX_EVENTS = 1_000;

/** Hands events from callbacks to the loop of a generator, in order. */
export class EventQueue<T> {
  #events: T[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;
  /** Those who wait for room. */
  #waiting: (() => void)[] = [];

  push(event: T): void {
    this.#events.push(event);
    this.#wake?.();
  }

  /** Waits while the reader is behind, so that a stream of events can't fill the memory. */
  async room(): Promise<void> {
    if (this.#isEnded || this.#events.length < MAX_EVENTS) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Says that no more events come. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
    this.#letIn();
  }

  /** Yields the events until the end; one reader only. */
  async *read(): AsyncGenerator<T, void, void> {
    try {
      for (;;) {
        const events = this.#events;
        this.#events = [];
        yield* events;
        this.#letIn();
        if (this.#events.length > 0) continue;
        if (this.#isEnded) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      // A reader who leaves lets nobody wait.
      this.end();
    }
  }

  #letIn(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
