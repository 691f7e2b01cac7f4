import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeReferenceFromUri, formatImageReference } from "../../src/core/imageReference.js";
import { pushImage } from "../../src/core/push/pushImage.js";
import type { Registry } from "../../src/core/ports.js";
import { TokenKeeper } from "../../src/core/login/tokenKeeper.js";
import { DockerEngine } from "../../src/docker/dockerEngine.js";
import { encodeRegistryAuth } from "../../src/docker/registryAuth.js";
import { openEngine } from "../machine/engineApi.js";
import { buildAndPushBarely } from "./bareEngine.js";
import type { BenchRun } from "./benchRun.js";
import { makeContext } from "./makeContext.js";
import { openLocalEcr } from "./openLocalEcr.js";

const repositoryName = "bench";

/** An engine and a local ECR, and the two ways to bring an image from one into the other. */
export class PipelineRig {
  readonly #signal = new AbortController().signal;

  private constructor(
    private readonly folder: string,
    private readonly engineHost: string,
    private readonly repositoryUri: string,
    private readonly openRegistry: () => Registry,
  ) {}

  /** Starts a rig that ends with the run. */
  static async start(run: BenchRun): Promise<PipelineRig> {
    const engineHost = await run.engineHost();
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const openRegistry = await openLocalEcr(run, folder);
    const signal = new AbortController().signal;
    const repository = { name: repositoryName, tagMutability: "mutable" } as const;
    const { uri } = await openRegistry().createRepository(repository, signal);
    return new PipelineRig(folder, engineHost, uri, openRegistry);
  }

  /**
   * Measures our pipeline, from the request to the digest seen in ECR, in ms. Registry and token
   * are new each time, so what a first push asks of AWS counts; loading the SDK doesn't.
   */
  async measureOurs(sizeBytes: number): Promise<number> {
    const context = await makeContext(this.folder, sizeBytes);
    const tag = randomUUID();
    const environment = { ...process.env, DOCKER_HOST: this.engineHost };
    const startedAt = performance.now();
    const events = pushImage(
      {
        engine: new DockerEngine({
          environment,
          homeFolder: this.folder,
          platform: process.platform,
        }),
        registry: this.openRegistry(),
        tokens: new TokenKeeper(
          () => new Date(),
          () => undefined,
        ),
        findToken: () => Promise.resolve(undefined),
        pause: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
      },
      {
        source: {
          kind: "dockerfile",
          dockerfile: path.join(context.folder, "Dockerfile"),
          context: context.folder,
        },
        repository: repositoryName,
        tags: [tag],
        platforms: [],
        compression: "gzip",
        create: undefined,
      },
      this.#signal,
    );
    while ((await events.next()).done !== true);
    const took = performance.now() - startedAt;
    await this.#clean(tag, context);
    return took;
  }

  /** Measures the engine's build and push alone, in ms; archive and token are there beforehand. */
  async measureEngine(sizeBytes: number): Promise<number> {
    const context = await makeContext(this.folder, sizeBytes);
    const tag = randomUUID();
    const auth = encodeRegistryAuth(await this.openRegistry().fetchToken(this.#signal));
    const { tarFile } = context;
    const startedAt = performance.now();
    await buildAndPushBarely(this.engineHost, { tarFile, name: this.repositoryUri, tag, auth });
    const took = performance.now() - startedAt;
    await this.#clean(tag, context);
    return took;
  }

  async #clean(tag: string, context: { remove(): Promise<void> }): Promise<void> {
    const reference = formatImageReference(makeReferenceFromUri(this.repositoryUri, { tag }));
    await openEngine(this.engineHost).getImage(reference).remove({ force: true });
    await context.remove();
  }
}
