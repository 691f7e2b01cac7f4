import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { formatImageReference, makeReferenceFromUri } from "../../src/core/imageReference.js";
import { type PushPorts, pushImage } from "../../src/core/push/pushImage.js";
import { preflight } from "../../src/core/push/pushPreflight.js";
import type { PushRequest } from "../../src/core/push/pushRequest.js";
import { TokenKeeper } from "../../src/core/login/tokenKeeper.js";
import { DockerEngine } from "../../src/docker/dockerEngine.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { openEngine } from "../machine/engineApi.js";
import type { BenchRun } from "./benchRun.js";
import { makeContext } from "./makeContext.js";
import { type BenchEcr, startBenchEcr } from "./openLocalEcr.js";

const repository = "bench";
const CONTEXT_BYTES = 1_000_000;

/** An engine and a local ECR that answers late, and what a push asks of them. */
export class PreflightRig {
  readonly #signal = new AbortController().signal;
  readonly #control: LocalEcrControl;

  private constructor(
    private readonly folder: string,
    private readonly engineHost: string,
    private readonly uri: string,
    private readonly ecr: BenchEcr,
  ) {
    this.#control = new LocalEcrControl(ecr.origin);
  }

  /** Starts a rig that ends with the run. */
  static async start(run: BenchRun): Promise<PreflightRig> {
    const engineHost = await run.engineHost();
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const ecr = await startBenchEcr(run, folder);
    const { signal } = new AbortController();
    const wanted = { name: repository, tagMutability: "mutable" } as const;
    const { uri } = await ecr.open().createRepository(wanted, signal);
    return new PreflightRig(folder, engineHost, uri, ecr);
  }

  /** Measures a preflight of the first push of a window, in ms, each AWS call taking `callMs` more. */
  async measure(callMs: number, tags: readonly string[]): Promise<number> {
    const context = await makeContext(this.folder, CONTEXT_BYTES);
    const request = this.#request(context.folder, tags);
    const { source, platforms } = request;
    const build = source.kind === "dockerfile" ? { ...source, platforms } : undefined;
    await this.#control.latency(callMs);
    const startedAt = performance.now();
    await preflight(this.#ports(), request, build, this.#signal);
    const took = performance.now() - startedAt;
    await this.#control.latency(0);
    await context.remove();
    return took;
  }

  /** Counts what two pushes of a window ask of AWS, one after the other, and both seen in ECR. */
  async countCalls(): Promise<readonly [first: number, second: number]> {
    const ports = this.#ports();
    return [await this.#countPush(ports), await this.#countPush(ports, 1)];
  }

  async #countPush(ports: PushPorts, lastTookMs?: number): Promise<number> {
    const context = await makeContext(this.folder, CONTEXT_BYTES);
    const tag = randomUUID();
    const before = await this.#awsCalls();
    const request = { ...this.#request(context.folder, [tag]), lastTookMs };
    const events = pushImage(ports, request, this.#signal);
    while ((await events.next()).done !== true);
    const calls = (await this.#awsCalls()) - before;
    const reference = formatImageReference(makeReferenceFromUri(this.uri, { tag }));
    await openEngine(this.engineHost).getImage(reference).remove({ force: true });
    await context.remove();
    return calls;
  }

  /** The API has one path, unlike the registry. */
  async #awsCalls(): Promise<number> {
    const requests = await this.#control.requests();
    return requests.filter((request) => request.path === "/").length;
  }

  #ports(): PushPorts {
    const environment = { ...process.env, DOCKER_HOST: this.engineHost };
    const { platform } = process;
    return {
      engine: new DockerEngine({ environment, homeFolder: this.folder, platform }),
      registry: this.ecr.open(),
      tokens: new TokenKeeper(
        () => new Date(),
        () => undefined,
      ),
      findToken: () => Promise.resolve(undefined),
      pause: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
    };
  }

  #request(context: string, tags: readonly string[]): PushRequest {
    return {
      source: { kind: "dockerfile", dockerfile: path.join(context, "Dockerfile"), context },
      repository,
      tags,
      platforms: [],
      compression: "gzip",
      create: undefined,
    };
  }
}
