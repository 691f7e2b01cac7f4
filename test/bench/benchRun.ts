import setupEngine from "../contract/globalSetup.js";
import { testHosts } from "../contract/engines.js";
import { makePackagedCopy, type PackagedCopy } from "../machine/packagedCopy.js";

/** What the groups of one run share: made when the first asks for it, gone when the run ends. */
export class BenchRun {
  readonly #closers: (() => Promise<void> | void)[] = [];
  #packaged: Promise<PackagedCopy> | undefined;
  #engineHost: Promise<string> | undefined;

  /** `runs` is how often each thing is measured. */
  constructor(readonly runs: number) {}

  /** Says what is under way. */
  say(line: string): void {
    console.error(line);
  }

  /** Returns the extension as people get it, minified and packed, from a copy of the project. */
  packaged(): Promise<PackagedCopy> {
    this.#packaged ??= this.#pack();
    return this.#packaged;
  }

  /** Returns the first engine that `ECR_TEST_DOCKER_HOSTS` names, else a private one. */
  engineHost(): Promise<string> {
    this.#engineHost ??= this.#startEngine();
    return this.#engineHost;
  }

  /** Stops and removes all that was made for the run, last made first. */
  async close(): Promise<void> {
    for (const closeOne of this.#closers.splice(0).reverse()) await closeOne();
  }

  /** Makes `closeOne` part of `close`; returns a function that does it now, once. */
  own(closeOne: () => Promise<void> | void): () => Promise<void> {
    this.#closers.push(closeOne);
    return async () => {
      const index = this.#closers.indexOf(closeOne);
      if (index >= 0) await this.#closers.splice(index, 1)[0]?.();
    };
  }

  async #pack(): Promise<PackagedCopy> {
    this.say("Packaging a copy of the project");
    const packaged = await makePackagedCopy();
    this.own(packaged.remove);
    return packaged;
  }

  async #startEngine(): Promise<string> {
    this.own(await setupEngine());
    const [host] = testHosts();
    if (host === undefined) throw new Error("no engine to measure on");
    return host;
  }
}
