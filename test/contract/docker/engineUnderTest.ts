import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { EcrError, type Failure } from "../../../src/core/errors.js";
import type { BuildRequest } from "../../../src/core/enginePorts.js";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";
import { type EngineAddress, parseEngineAddress } from "../../../src/docker/engineAddress.js";
import { testEngines, type TestEngine } from "../engines.js";
import { skipWithout } from "../skipTest.js";

/** A signal that no test reaches the end of; tests have a time limit of their own. */
export const patience = new AbortController().signal;

/** The builders of an engine: BuildKit, and the one that it had before. */
export type Builder = "BuildKit" | "the classic builder";

/** Lists the engines under test once for each builder that they have. */
export async function buildersUnderTest(): Promise<
  readonly (TestEngine & { readonly builder: Builder })[]
> {
  const builders = ["BuildKit", "the classic builder"] as const;
  return (await testEngines()).flatMap((engine) =>
    (engine.hasBuildKit ? builders : builders.slice(1)).map((builder) => ({ ...engine, builder })),
  );
}

/** Lists the engines under test that have BuildKit; where none has, a test is skipped that says so. */
export async function buildKitsUnderTest(): Promise<readonly TestEngine[]> {
  const engines = await testEngines();
  const able = engines.filter(({ hasBuildKit }) => hasBuildKit);
  skipWithout(able, `${engines.map(({ label }) => label).join(", ")} has no BuildKit`);
  return able;
}

/** Returns the address of an engine under test. */
export function addressOf(host: string): EngineAddress {
  const source = { chosenBy: "test", name: "test", tls: undefined, environment: {} };
  return parseEngineAddress({ ...source, endpoint: host });
}

/** Opens the adapter on one of the engines under test. */
export function engineAt(host: string, builder: Builder = "BuildKit"): DockerEngine {
  const DOCKER_BUILDKIT = builder === "BuildKit" ? "1" : "0";
  return new DockerEngine({
    environment: { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT },
    homeFolder: "/nonexistent",
    platform: process.platform,
  });
}

/** Makes a folder with these files, removed when the test ends. */
export async function makeFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "ecr-docker-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  return folder;
}

/** Describes a build of a folder's own Dockerfile. */
export function buildOf(folder: string, more: Partial<BuildRequest> = {}): BuildRequest {
  const dockerfile = path.join(folder, "Dockerfile");
  return { dockerfile, context: folder, platforms: [], ...more };
}

/** Runs a stream to its end and returns all that it said. */
export async function collect<E, R>(
  stream: AsyncGenerator<E, R, void>,
): Promise<{ events: E[]; result: R }> {
  const events: E[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { events, result: next.value };
    events.push(next.value);
  }
}

/** Returns the failure that some work ends with; any other end throws. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => new Error("the work did not fail"),
    (reason: unknown) => reason,
  );
  if (error instanceof EcrError) return error.failure;
  throw error;
}
