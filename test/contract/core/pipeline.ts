import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { EcrError, type Failure } from "../../../src/core/errors.js";
import { makeFindToken } from "../../../src/core/login/findToken.js";
import { parseImageReference } from "../../../src/core/imageReference.js";
import type { Registry } from "../../../src/core/ports.js";
import { type PushedImage, type PushEvent, pushImage } from "../../../src/core/push/pushImage.js";
import type { PushRequest } from "../../../src/core/push/pushRequest.js";
import { TokenKeeper } from "../../../src/core/login/tokenKeeper.js";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";
import { ACCOUNT, type LocalRegistry, REGION, SECRET } from "../aws/localRegistry.js";
import { makeFolder, patience } from "../docker/engineUnderTest.js";

/** What a push said, and how it ended. */
export interface Outcome {
  readonly events: readonly PushEvent[];
  readonly pushed: PushedImage | undefined;
  readonly error: unknown;
  /** The failure that it ended with; undefined after a success or a cancellation. */
  readonly failure: Failure | undefined;
}

/** How one push differs from the usual one. */
export interface PushOptions {
  readonly cancel?: AbortController;
  /** Hears each event before the push goes on. */
  readonly onEvent?: (event: PushEvent) => unknown;
}

/** The push pipeline on one engine and a local ECR, as the extension wires it, for one test. */
export class Pipeline {
  readonly engine: DockerEngine;
  readonly #tokens = new TokenKeeper(
    () => new Date(),
    (line) => this.#said.push(line),
  );
  readonly #said: unknown[] = [];
  readonly #secrets = new Set<string>();

  constructor(
    private readonly here: LocalRegistry,
    host: string,
  ) {
    this.engine = new DockerEngine({
      environment: { ...process.env, DOCKER_HOST: host },
      homeFolder: "/nonexistent",
      platform: process.platform,
      log: (line) => this.#said.push(line),
    });
    this.#tokens.subscribe(() => {
      const token = this.#tokens.held(here.registry.location);
      if (token) this.#secrets.add(token.revealPassword());
    });
  }

  /** Runs a push to its end. */
  async push(request: PushRequest, options: PushOptions = {}): Promise<Outcome> {
    const { cancel = new AbortController(), onEvent } = options;
    const { registry } = this.here;
    const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
      await delay(milliseconds, undefined, { signal });
    };
    const tokens = this.#tokens;
    const open = (): Promise<Registry> => Promise.resolve(registry);
    const findToken = makeFindToken({ open, tokens }, registry.location);
    const ports = { engine: this.engine, registry, tokens, findToken, pause };
    const events: PushEvent[] = [];
    const end = (pushed: PushedImage | undefined, error: unknown): Outcome => {
      this.#said.push(events, pushed, error);
      return {
        events,
        pushed,
        error,
        failure: error instanceof EcrError ? error.failure : undefined,
      };
    };
    try {
      const stream = pushImage(ports, request, cancel.signal);
      for (;;) {
        const next = await stream.next();
        if (next.done) return end(next.value, undefined);
        events.push(next.value);
        await onEvent?.(next.value);
      }
    } catch (error) {
      return end(undefined, error);
    }
  }

  /** Returns the engine's names in the local ECR. */
  async localNames(): Promise<string[]> {
    const images = await this.engine.listImages(patience);
    const names = images.flatMap(({ references }) => references);
    return names.filter((name) => name.startsWith(`${this.here.local.host}/`)).sort();
  }

  /** Takes all names in the local ECR from the engine. */
  async tidy(): Promise<void> {
    const isOurs = (name: string): boolean => name.startsWith(`${this.here.local.host}/`);
    // A name that moved on leaves its digest with the image that had it.
    for (const kind of ["references", "digests"] as const) {
      const images = await this.engine.listImages(patience);
      for (const name of images.flatMap((image) => image[kind]).filter(isOurs)) {
        await this.engine.untag(parseImageReference(name), patience);
      }
    }
  }

  /** How many tokens were in use. */
  get tokenCount(): number {
    return this.#secrets.size;
  }

  /** Returns each secret that turns up in an event, a result, an error, a cause or a log line. */
  leaks(): string[] {
    const said = inspect(this.#said, {
      depth: 50,
      showHidden: true,
      maxStringLength: null,
      maxArrayLength: null,
    });
    const secrets = [...this.#secrets].flatMap((password) => [
      password.slice(0, 40),
      password.slice(-40),
      Buffer.from(`AWS:${password}`).toString("base64").slice(0, 40),
    ]);
    return [SECRET, ...secrets].filter((secret) => said.includes(secret));
  }
}

/** Makes a folder with a Dockerfile and returns the request that pushes it to `team/api:1.0`. */
export async function requestFor(
  files: Readonly<Record<string, string>>,
  more: Partial<PushRequest> = {},
): Promise<PushRequest> {
  const context = await makeFolder(files);
  return {
    source: { kind: "dockerfile", dockerfile: `${context}/Dockerfile`, context },
    repository: "team/api",
    tags: ["1.0"],
    platforms: [],
    compression: "gzip",
    create: { tagMutability: "mutable" },
    ...more,
  };
}

/** Returns files of an image that no engine has built before. */
export function freshFiles(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { Dockerfile: "FROM scratch\nCOPY file /\n", file: randomUUID(), ...more };
}

/** Returns the digest of a tag as the AWS SDK reads it, past the extension's own code. */
export async function digestInEcr(here: LocalRegistry, tag: string): Promise<string | undefined> {
  const client = new ECRClient({
    region: REGION,
    endpoint: here.local.origin,
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: SECRET },
  });
  const imageIds = [{ imageTag: tag }];
  const { imageDetails } = await client.send(
    new DescribeImagesCommand({ repositoryName: "team/api", imageIds }),
  );
  client.destroy();
  return imageDetails?.[0]?.imageDigest;
}

/** Returns the phases that a push went through. */
export function phasesOf(events: readonly PushEvent[]): string[] {
  return events.flatMap((event) => (event.type === "phase" ? event.phase : []));
}

/** Tells whether an event begins a phase. */
export function isPhase(event: PushEvent, phase: string): boolean {
  return event.type === "phase" && event.phase === phase;
}

/** Returns the folder of the files that a request builds. */
export function contextOf({ source }: PushRequest): string {
  if (source.kind === "dockerfile") return source.context;
  throw new Error("the request builds no Dockerfile");
}
