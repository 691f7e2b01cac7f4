import { cancellation } from "./errors.js";

/**
 * Lets only so many requests be under way at once; the others wait in the order of their coming.
 *
 * ECR publishes no rates for its lists, and a window may want to read thousands of them.
 */
export class RequestGate {
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  /** `most` is how many requests may be under way at once. */
  constructor(private readonly most: number) {}

  /** Runs the work when it is its turn; whoever is cancelled while waiting never starts. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#underWay >= this.most) await this.#wait(signal);
    else this.#underWay += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // Its place goes to the next one at once, so that nobody slips in between.
      if (next) next();
      else this.#underWay -= 1;
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(cancellation());
    // Many may wait with the one signal, and Node warns of more than a few listeners on it.
    const own = AbortSignal.any([signal]);
    return new Promise((resolve, reject) => {
      const start = (): void => {
        own.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(cancellation());
      };
      own.addEventListener("abort", leave, { once: true });
      this.#waiting.push(start);
    });
  }
}
