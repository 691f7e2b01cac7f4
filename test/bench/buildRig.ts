import { randomUUID } from "node:crypto";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openEngine } from "../machine/engineApi.js";
import type { BenchRun } from "./benchRun.js";
import { bundleBuildClient } from "./bundleBuildClient.js";
import { type ContextSize, makeBuildContext } from "./makeBuildContext.js";
import { measureProcess } from "./measureProcess.js";

/** What builds: our client, buildx, or our client with the classic builder, which sends a tar. */
export type BuildClient = "ours" | "buildx" | "tar";

/** What one build cost its client. */
export interface BuildCost {
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  /** Largest memory of our client; undefined for buildx. */
  readonly memoryBytes: number | undefined;
  /** How long our client held its event loop at most; undefined for buildx. */
  readonly longestBlockMs: number | undefined;
}

/** A context, an engine, and clients that build the one with the other, each in its own process. */
export class BuildRig {
  #context: string;

  private constructor(
    private readonly folder: string,
    private readonly engineHost: string,
    private readonly program: string,
    private readonly buildx: string,
  ) {
    this.#context = path.join(folder, "context");
  }

  /** Makes a rig that ends with the run. */
  static async make(run: BenchRun, buildx: string, size: ContextSize): Promise<BuildRig> {
    const engineHost = await run.engineHost();
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const rig = new BuildRig(folder, engineHost, await bundleBuildClient(folder), buildx);
    await makeBuildContext(rig.#context, size);
    return rig;
  }

  /** Gives the context a name and a file that no engine has seen, so that all of it is sent. */
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

  /** Builds once. */
  async build(client: BuildClient): Promise<BuildCost> {
    const env = {
      ...process.env,
      DOCKER_HOST: this.engineHost,
      DOCKER_BUILDKIT: client === "tar" ? "0" : "1",
      DOCKER_CONFIG: this.folder,
      BUILDX_CONFIG: this.folder,
      BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
    };
    if (client === "buildx") {
      const args = ["build", "--quiet", "--network", "none", this.#context];
      const { wallMs, cpuMs } = await measureProcess(this.buildx, args, env);
      return { wallMs, cpuMs, memoryBytes: undefined, longestBlockMs: undefined };
    }
    const args = [this.program, this.#context];
    const { wallMs, cpuMs, output } = await measureProcess(process.execPath, args, env);
    const said = JSON.parse(output) as { memoryBytes: number; longestBlockMs: number };
    return { wallMs, cpuMs, ...said };
  }

  /** Removes images without a name and what BuildKit keeps; on a named engine others' too. */
  async forget(): Promise<void> {
    const engine = openEngine(this.engineHost);
    await engine.pruneImages({ filters: { dangling: { true: true } } });
    await engine.pruneBuilder();
  }
}
