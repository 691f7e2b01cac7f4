import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { makeOpenRegistry } from "../../../../src/aws/openRegistry.js";
import { makeFindToken } from "../../../../src/core/login/findToken.js";
import { makeReferenceFromUri } from "../../../../src/core/imageReference.js";
import type { BuildEvent, BuildOptions } from "../../../../src/core/enginePorts.js";
import type { FindToken } from "../../../../src/core/ports.js";
import type { Registry } from "../../../../src/core/ports.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { makeAwsFiles } from "../../../fakes/awsFiles.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import { openEngine } from "../../../machine/engineApi.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
} from "../engineUnderTest.js";
import { RegistryRig } from "../registryRig.js";

/** What is read of https://docs.docker.com/reference/api/engine/version/v1.42/#tag/System/operation/SystemDataUsage */
interface CacheRecord {
  readonly ID: string;
  readonly Description: string;
}

/** Asks for the build cache alone, as sizes of images take an engine long to sum up. */
async function listCache(docker: ReturnType<typeof openEngine>): Promise<readonly CacheRecord[]> {
  const path = "/system/df?type=build-cache&";
  const answer = await new Promise((resolve, reject) => {
    docker.modem.dial({ path, method: "GET", statusCodes: { 200: true } }, (error, found) => {
      if (error) reject(error);
      else resolve(found);
    });
  });
  return (answer as { BuildCache: CacheRecord[] }).BuildCache;
}

async function prune(docker: ReturnType<typeof openEngine>, id: string): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ id: { [id]: true } }));
  const path = `/build/prune?all=1&filters=${filters}&`;
  await new Promise((resolve, reject) => {
    docker.modem.dial({ path, method: "POST", statusCodes: { 200: true } }, (error, answer) => {
      if (error) reject(error);
      else resolve(answer);
    });
  });
}

/** Registries, caches and waits on every engine take longer than other tests. */
const patience = AbortSignal.timeout(900_000);

describe.each(await buildKitsUnderTest())("a cache elsewhere on $label", (under) => {
  const { host, hasContainerdStore } = under;
  const engine = engineAt(host);

  /** Makes a local ECR with a repository, and tokens for it as the extension finds them. */
  async function prepare(tokenLifeSeconds?: number): Promise<{
    repository: string;
    findToken: FindToken;
    rig: RegistryRig;
  }> {
    await importBaseImages(host);
    const rig = await RegistryRig.start(tokenLifeSeconds);
    onTestFinished(() => rig.stop());
    const files = makeAwsFiles();
    onTestFinished(() => {
      files.remove();
    });
    files.write("", "[dev]\naws_access_key_id = 123456789012\naws_secret_access_key = none\n");
    const location = { profile: "dev", region: "eu-west-1", endpoint: rig.ecr.origin };
    const registry = makeOpenRegistry()(location);
    const tokens = new TokenKeeper(() => new Date(), vi.fn());
    const open = (): Promise<Registry> => Promise.resolve(registry);
    const findToken = makeFindToken({ open, tokens }, location);
    const repository = await rig.createRepository();
    return { repository: `${rig.ecr.host}/${repository}`, findToken, rig };
  }

  async function build(
    mark: string,
    findToken: FindToken,
    options: BuildOptions,
    more = "",
  ): Promise<{ imageId: string; states: readonly string[] }> {
    const dockerfile = `FROM busybox:local\nRUN ${more}echo ${mark} > /mark\n`;
    const folder = await makeFolder({ Dockerfile: dockerfile });
    const request = buildOf(folder, { findToken, options });
    const { events, result } = await collect(engine.build(request, patience));
    return { ...result, states: events.flatMap(stateOfRun) };
  }

  /** The states that the step with the mark went through; its cached layer may be fetched late. */
  function stateOfRun(event: BuildEvent): string[] {
    return event.type === "step" && event.place?.text.startsWith("RUN ") ? [event.state] : [];
  }

  /** Makes the engine forget what it knows of a step; everything else stays. */
  async function forget(mark: string, imageId: string): Promise<void> {
    const docker = openEngine(host);
    if (await engine.findImage(imageId, patience)) {
      await docker.getImage(imageId).remove({ force: true });
    }
    for (const { ID, Description } of await listCache(docker)) {
      if (Description.includes(mark)) await prune(docker, ID);
    }
  }

  // Only the containerd image store has a cache in a registry; the last test has the refusal.
  it.runIf(hasContainerdStore)("is kept in ECR and used by the next build", async () => {
    const { repository, findToken } = await prepare();
    const reference = `${repository}:cache`;
    const mark = randomUUID();
    const kept = await build(mark, findToken, { cacheTo: [{ kind: "registry", reference }] });
    expect(kept.states).not.toContain("cached");
    await forget(mark, kept.imageId);
    const alone = await build(mark, findToken, {});
    expect(alone.states).not.toContain("cached");
    await forget(mark, alone.imageId);
    const used = await build(mark, findToken, { cacheFrom: [reference] });
    expect(used.states).toContain("cached");
  });

  it("is read out of an image that keeps it inside", async () => {
    const { repository, findToken, rig } = await prepare();
    const mark = randomUUID();
    const kept = await build(mark, findToken, { cacheTo: [{ kind: "inline" }] });
    const reference = makeReferenceFromUri(repository, { tag: "inline" });
    await engine.tag(kept.imageId, reference, patience);
    await collect(engine.push(reference, await rig.fetchToken(), patience));
    await engine.untag(reference, patience);
    await forget(mark, kept.imageId);
    const alone = await build(mark, findToken, {});
    expect(alone.states).not.toContain("cached");
    await forget(mark, alone.imageId);
    const used = await build(mark, findToken, { cacheFrom: [`${repository}:inline`] });
    expect(used.states).toContain("cached");
  });

  it("that is not there is none", async () => {
    const { repository, findToken } = await prepare();
    const cacheFrom = [`${repository}:none`, "127.0.0.1:9/nobody/listens"];
    const { states } = await build(randomUUID(), findToken, { cacheFrom });
    expect(states).not.toContain("cached");
  });

  // Nothing else asks for a login at the end of a build.
  it.runIf(hasContainerdStore)("gets a new token when the build outlives its first", async () => {
    const { repository, findToken, rig } = await prepare(4);
    const reference = `${repository}:cache`;
    const first = await findToken(rig.ecr.host, patience);
    const options: BuildOptions = { cacheTo: [{ kind: "registry", reference }] };
    await build(randomUUID(), findToken, options, "sleep 5; ");
    const last = await findToken(rig.ecr.host, patience);
    expect(first?.token.remainingMs(new Date())).toBeLessThan(0);
    expect(last?.token.revealPassword()).not.toBe(first?.token.revealPassword());
    const repositoryName = repository.slice(repository.indexOf("/") + 1);
    expect(await rig.findDigest(repositoryName, "cache")).toMatch(/^sha256:/);
  });

  // Only the containerd image store asks a registry to take one.
  it.runIf(hasContainerdStore)("that ECR refuses is named, and the second try works", async () => {
    const { repository, findToken, rig } = await prepare();
    const reference = `${repository}:cache`;
    const mark = randomUUID();
    const keep = (to: string, find = findToken): ReturnType<typeof build> =>
      build(mark, find, { cacheTo: [{ kind: "registry", reference: to }] });
    const named = {
      reference,
      host: rig.ecr.host,
      repository: repository.slice(rig.ecr.host.length + 1),
      login: { kind: "aws", profile: "dev" },
      isImagePushed: false,
    };
    for (const action of ["ecr:BatchCheckLayerAvailability", "ecr:PutImage"]) {
      await rig.control.denyAction(action);
      expect(await failureOf(keep(reference))).toMatchObject({ kind: "cache-denied", ...named });
      await rig.control.reset();
    }
    const wrong: FindToken = () => Promise.resolve({ token: rig.wrongToken(), profile: "dev" });
    expect(await failureOf(keep(reference, wrong))).toEqual({
      kind: "cache-unauthorized",
      ...named,
    });
    const nowhere = `${rig.ecr.host}/not/there:cache`;
    expect(await failureOf(keep(nowhere))).toEqual({
      kind: "cache-repository-not-found",
      ...named,
      reference: nowhere,
      repository: "not/there",
    });
    await expect(keep(reference)).resolves.toBeDefined();
    expect(await rig.findDigest(named.repository, "cache")).toMatch(/^sha256:/);
  });

  it.runIf(!hasContainerdStore)("in a registry is refused, and the next build works", async () => {
    const { repository, findToken } = await prepare();
    const mark = randomUUID();
    const reference = `${repository}:cache`;
    const keeping = build(mark, findToken, { cacheTo: [{ kind: "registry", reference }] });
    expect(await failureOf(keeping)).toMatchObject({ kind: "builder-lacks", feature: "cache-to" });
    await expect(build(mark, findToken, {})).resolves.toBeDefined();
  });
});
