import setupEngine from "../contract/globalSetup.js";
import { testEngines, testHosts } from "../contract/engines.js";
import { containerdEngine } from "../machine/engineKinds.js";
import { makePackagedCopy, type PackagedCopy } from "../machine/packagedCopy.js";
import { startPrivateEngine } from "../machine/privateEngine.js";

/** What the groups of one run share: made when the first asks for it, gone when the run ends. */
export class BenchRun {
  readonly #closers: (() => Promise<void> | void)[] = [];
  /** False where the engines are somebody's, and what they keep is not ours to remove. */
  readonly ownsEngines = (process.env["ECR_TEST_DOCKER_HOSTS"] ?? "") === "";
  #packaged: Promise<PackagedCopy> | undefined;
  #engineHost: Promise<string> | undefined;

  /**
   * `runs` is how often each thing is measured. `scale` is how large contexts are: 1 for the size
   * that goals are about, less for a look whether all runs.
   */
  constructor(
    readonly runs: number,
    readonly scale = 1,
  ) {}

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

  /**
   * Returns an engine that keeps images in containerd: the first such of those named, else a
   * private one that ends with the run. Throws with the reason where there is none.
   */
  async containerdHost(): Promise<string> {
    if (this.ownsEngines) {
      const engine = await startPrivateEngine(containerdEngine);
      this.own(() => engine.stop());
      return engine.host;
    }
    const named = (await testEngines()).find(({ hasContainerdStore }) => hasContainerdStore);
    if (named === undefined) throw new Error("no named engine keeps images in containerd");
    return named.host;
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
