import path from "node:path";
import { bundledFileOf } from "../machine/packagedCopy.js";
import type { BenchRun } from "./benchRun.js";
import type { LongestBlock } from "./blockMonitor.js";
import { BuildContext } from "./buildContext.js";
import { compileBuildClient } from "./compileBuildClient.js";
import { forgetBuilds } from "./forgetBuilds.js";
import type { ContextSize } from "./makeBuildContext.js";
import { measureProcess } from "./measureProcess.js";

/** What builds: our client, buildx, or our client with the classic builder, which sends a tar. */
export type BuildClient = "ours" | "buildx" | "tar";

/** What one build cost its client. */
export interface BuildCost {
  readonly wallMs: number;
  /** Processor time; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
  /** Largest memory of our client; undefined for buildx. */
  readonly memoryMb: number | undefined;
  /** How long our client held its event loop at most; undefined for buildx. */
  readonly longestBlock: LongestBlock | undefined;
}

/**
 * A context, an engine, and clients that build the one with the other, each in its own process; ours
 * is what the package holds.
 */
export class BuildRig {
  readonly #imageIds = new Set<string>();

  private constructor(
    private readonly run: BenchRun,
    private readonly engineHost: string,
    private readonly context: BuildContext,
    private readonly program: readonly string[],
    private readonly buildx: string | undefined,
  ) {}

  /** Makes a rig that ends with the run; `buildx` is its file, where there is one. */
  static async make(
    run: BenchRun,
    size: ContextSize,
    buildx: string | undefined,
  ): Promise<BuildRig> {
    const engineHost = await run.engineHost();
    const context = await BuildContext.make(run, size);
    const { folder, outputs } = await run.packaged();
    const client = path.join(folder, bundledFileOf(outputs, "src/docker/dockerEngine.ts"));
    const program = [await compileBuildClient(context.folder), client];
    return new BuildRig(run, engineHost, context, program, buildx);
  }

  /** Builds what no engine has seen, all of which is sent, and forgets it. */
  async buildFirst(client: BuildClient): Promise<BuildCost> {
    await this.context.renew();
    const cost = await this.build(client);
    await this.forget();
    return cost;
  }

  /** Builds after a change of one small file. */
  async buildChanged(client: BuildClient): Promise<BuildCost> {
    await this.context.changeFile();
    return this.build(client);
  }

  /** Builds once. */
  async build(client: BuildClient): Promise<BuildCost> {
    const { folder } = this.context;
    const env = {
      ...process.env,
      DOCKER_HOST: this.engineHost,
      DOCKER_BUILDKIT: client === "tar" ? "0" : "1",
      DOCKER_CONFIG: folder,
      BUILDX_CONFIG: folder,
      // Ours makes none, and they take time.
      BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
    };
    if (client === "buildx") {
      const args = ["build", "--quiet", "--network", "none", this.context.path];
      const { output, ...cost } = await measureProcess(this.buildx ?? client, args, env);
      this.#imageIds.add(output.trim());
      return { ...cost, memoryMb: undefined, longestBlock: undefined };
    }
    const args = [...this.program, this.context.path];
    const { output, ...cost } = await measureProcess(process.execPath, args, env);
    const { imageId, memoryMb, longestBlock } = JSON.parse(output) as {
      imageId: string;
      memoryMb: number;
      longestBlock: LongestBlock;
    };
    this.#imageIds.add(imageId);
    return { ...cost, memoryMb, longestBlock };
  }

  /** Removes what the builds left in the engine. */
  async forget(): Promise<void> {
    await forgetBuilds(this.run, this.engineHost, this.#imageIds);
    this.#imageIds.clear();
  }
}
