import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import {
  formatImageReference,
  type ImageReference,
  makeReferenceFromUri,
} from "../../src/core/imageReference.js";
import type { BuildRequest } from "../../src/core/enginePorts.js";
import type { FoundToken, Registry } from "../../src/core/ports.js";
import type { Compression } from "../../src/core/push/pushTarget.js";
import { DockerEngine } from "../../src/docker/dockerEngine.js";
import type { BenchRun } from "./benchRun.js";
import { BuildContext } from "./buildContext.js";
import { forgetBuilds } from "./forgetBuilds.js";
import type { ContextSize } from "./makeBuildContext.js";
import { openLocalEcr } from "./openLocalEcr.js";

/** An engine with the containerd store and a local ECR, and the ways from a context to an image. */
export class PushRig {
  readonly #signal = new AbortController().signal;

  private constructor(
    private readonly run: BenchRun,
    private readonly host: string,
    private readonly registry: Registry,
    private readonly repositoryUri: string,
    private readonly context: BuildContext,
  ) {}

  /** Starts a rig that ends with the run; throws where no engine has the containerd store. */
  static async start(run: BenchRun, size: ContextSize): Promise<PushRig> {
    const host = await run.containerdHost();
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const registry = (await openLocalEcr(run, folder))();
    const repository = { name: "bench", tagMutability: "mutable" } as const;
    const { uri } = await registry.createRepository(repository, new AbortController().signal);
    return new PushRig(run, host, registry, uri, await BuildContext.make(run, size));
  }

  /** Measures a build that pushes what it makes, in ms. */
  oneSolve(compression: Compression): Promise<number> {
    return this.#measure(async (engine, request, reference) => {
      const target = { references: [reference], compression };
      const token = await this.registry.fetchToken(this.#signal);
      const findToken = (): Promise<FoundToken> => Promise.resolve({ token, profile: undefined });
      const { push } = await drain(
        engine.buildAndPush({ ...request, findToken }, target, this.#signal),
      );
      if (!("digest" in push)) throw new Error(`the build did not push: ${push.reason}`);
    });
  }

  /** Measures a build, and then a push of what it made, in ms. */
  buildThenPush(): Promise<number> {
    return this.#measure(async (engine, request, reference) => {
      const { imageId } = await drain(engine.build(request, this.#signal));
      await engine.tag(imageId, reference, this.#signal);
      const token = await this.registry.fetchToken(this.#signal);
      await drain(engine.push(reference, token, this.#signal));
    });
  }

  async #measure(
    work: (engine: DockerEngine, request: BuildRequest, reference: ImageReference) => Promise<void>,
  ): Promise<number> {
    await this.context.renew();
    const engine = new DockerEngine({
      environment: { ...process.env, DOCKER_HOST: this.host, DOCKER_BUILDKIT: "1" },
      homeFolder: this.context.folder,
      platform: process.platform,
    });
    const reference = makeReferenceFromUri(this.repositoryUri, { tag: randomUUID() });
    const context = this.context.path;
    const dockerfile = path.join(context, "Dockerfile");
    const startedAt = performance.now();
    await work(engine, { dockerfile, context, platforms: [] }, reference);
    const took = performance.now() - startedAt;
    await forgetBuilds(this.run, this.host, [formatImageReference(reference)]);
    return took;
  }
}

async function drain<R>(events: AsyncGenerator<unknown, R, void>): Promise<R> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) return next.value;
  }
}
