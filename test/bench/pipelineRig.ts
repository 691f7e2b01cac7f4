import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeOpenRegistry } from "../../src/aws/openRegistry.js";
import { makeReferenceFromUri, formatImageReference } from "../../src/core/imageReference.js";
import { pushImage } from "../../src/core/pushImage.js";
import type { Registry } from "../../src/core/ports.js";
import { TokenKeeper } from "../../src/core/tokenKeeper.js";
import { DockerEngine } from "../../src/docker/dockerEngine.js";
import { encodeRegistryAuth } from "../../src/docker/registryAuth.js";
import { openEngine } from "../machine/engineApi.js";
import { localProfile, localRegion, writeAwsConfig } from "../playground/writeAwsConfig.js";
import { buildAndPushBarely } from "./bareEngine.js";
import type { BenchRun } from "./benchRun.js";
import { startLocalEcrProcess } from "./localEcrProcess.js";
import { makeContext } from "./makeContext.js";

const repositoryName = "bench";

/** An engine and a local ECR, and the two ways to bring an image from one into the other. */
export class PipelineRig {
  readonly #signal = new AbortController().signal;

  private constructor(
    private readonly folder: string,
    private readonly engineHost: string,
    private readonly repositoryUri: string,
  ) {}

  /** Starts a rig that ends with the run. */
  static async start(run: BenchRun): Promise<PipelineRig> {
    const engineHost = await run.engineHost();
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const ecr = await startLocalEcrProcess(folder);
    run.own(() => ecr.stop());
    for (const [name, value] of Object.entries(await writeAwsConfig(folder, ecr.origin))) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    // On Node 20 the SDK says that its versions of 2027 will want a newer one; VS Code has it.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    const signal = new AbortController().signal;
    const repository = { name: repositoryName, tagMutability: "mutable" } as const;
    const { uri } = await openRegistry().createRepository(repository, signal);
    return new PipelineRig(folder, engineHost, uri);
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
        registry: openRegistry(),
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
    const auth = encodeRegistryAuth(await openRegistry().fetchToken(this.#signal));
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

function openRegistry(): Registry {
  return makeOpenRegistry()({ profile: localProfile, region: localRegion, endpoint: undefined });
}
