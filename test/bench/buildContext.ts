import { randomUUID } from "node:crypto";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { BenchRun } from "./benchRun.js";
import { type ContextSize, makeBuildContext } from "./makeBuildContext.js";

/** A context that builds are measured with, in a folder that goes away with the run. */
export class BuildContext {
  #context: string;

  private constructor(
    /** The folder around it, for what belongs to the measurement. */
    readonly folder: string,
  ) {
    this.#context = path.join(folder, "context");
  }

  /** Makes one of this size. */
  static async make(run: BenchRun, size: ContextSize): Promise<BuildContext> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const context = new BuildContext(folder);
    await makeBuildContext(context.path, size);
    return context;
  }

  /** Where it is now. */
  get path(): string {
    return this.#context;
  }

  /** Gives it a name and a file that no engine has seen, so that all of it is sent. */
  async renew(): Promise<void> {
    const context = path.join(this.folder, randomUUID());
    await rename(this.#context, context);
    this.#context = context;
    await this.changeFile();
  }

  /** Changes one small file. */
  async changeFile(): Promise<void> {
    await writeFile(path.join(this.#context, "kept", "changed.txt"), randomUUID());
  }
}
