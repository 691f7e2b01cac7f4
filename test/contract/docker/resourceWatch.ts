import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { readdir, readlink } from "node:fs/promises";

/** What is counted, by the names that Node gives its own resources. */
const COUNTED = new Set([
  "Timeout",
  "PIPEWRAP",
  "TCPWRAP",
  "PROCESSWRAP",
  "TTYWRAP",
  "STATWATCHER",
]);

/** Watches what some work opens: timers, even those that keep no process alive, sockets, processes. */
export class ResourceWatch {
  readonly #context = new AsyncLocalStorage<ResourceWatch>();
  readonly #open = new Map<number, string>();
  #opened = 0;
  readonly #hook = createHook({
    init: (id, type) => {
      if (!COUNTED.has(type) || this.#context.getStore() !== this) return;
      this.#open.set(id, type);
      this.#opened += 1;
    },
    destroy: (id) => {
      this.#open.delete(id);
    },
  });

  start(): void {
    this.#hook.enable();
  }

  stop(): void {
    this.#hook.disable();
  }

  /** Runs work whose resources are counted; what runs beside it is not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.#context.run(this, work);
  }

  /** How many resources the work has opened so far. */
  get opened(): number {
    return this.#opened;
  }

  /** What of it is still open. */
  get open(): readonly string[] {
    return [...this.#open.values()].sort();
  }
}

/** Lists the files of a folder that this process holds open; Linux only. */
export async function openFiles(folder: string): Promise<readonly string[]> {
  const handles = await readdir("/proc/self/fd");
  const targets = await Promise.all(
    handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => "")),
  );
  return targets.filter((target) => target.startsWith(folder)).sort();
}
