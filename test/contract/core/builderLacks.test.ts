import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BuildOptions } from "../../../src/core/enginePorts.js";
import type { PushRequest } from "../../../src/core/push/pushRequest.js";
import { useLocalRegistry } from "../aws/localRegistry.js";
import { EngineProxy, NOT_FOUND, pingAnswer } from "../docker/buildkit/engineProxy.js";
import { engineAt } from "../docker/engineUnderTest.js";
import { testEngines } from "../engines.js";
import { skipTest } from "../skipTest.js";
import { contextOf, freshFiles, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();

const secrets: BuildOptions = { secrets: { npm: () => Promise.resolve(Buffer.from("x")) } };
const ssh: BuildOptions = { ssh: { default: "/nowhere/agent.sock" } };
const contexts: BuildOptions = { contexts: { more: { kind: "image", reference: "scratch" } } };
const inline: BuildOptions = { cacheTo: [{ kind: "inline" }] };
const registry: BuildOptions = { cacheTo: [{ kind: "registry", reference: "127.0.0.1:9/a:b" }] };

const attested: BuildOptions = { attestations: { provenance: "min" } };

const DEMANDS = [
  ["secrets", secrets],
  ["ssh", ssh],
  ["contexts", contexts],
  ["cache-to", inline],
  ["attestations", attested],
] as const;

describe.each(await testEngines())(
  "a push that asks for more than a builder has, with $label",
  (one) => {
    const { host, hasBuildKit, hasContainerdStore } = one;
    let pipeline: Pipeline;
    beforeEach(() => {
      pipeline = new Pipeline(here, host);
    });
    afterEach(() => pipeline.tidy());

    async function demand(options: BuildOptions): Promise<PushRequest> {
      const request = await requestFor(freshFiles());
      const context = contextOf(request);
      const source = { kind: "dockerfile", dockerfile: `${context}/Dockerfile`, context } as const;
      return { ...request, source: { ...source, options } };
    }

    /** Pushes what fails, and holds that nothing was made. */
    async function expectRefused(options: BuildOptions, failure: object): Promise<void> {
      expect((await pipeline.push(await demand(options))).failure).toMatchObject(failure);
      await expectNothingMade();
    }

    /** AWS is asked at the same time as the engine, which changes nothing there. */
    async function expectNothingMade(): Promise<void> {
      const operations = (await here.control.requests()).map(({ operation }) => operation);
      const asked = new Set<string | undefined>(["GetAuthorizationToken", "DescribeRepositories"]);
      expect(operations.filter((operation) => !asked.has(operation))).toEqual([]);
    }

    it("is refused by the classic builder before anything is made, and works without", async () => {
      Object.assign(pipeline, { engine: engineAt(host, "the classic builder") });
      for (const [feature, options] of DEMANDS) {
        const reason = expect.stringContaining("DOCKER_BUILDKIT is 0") as string;
        await expectRefused(options, { kind: "builder-lacks", feature, reason });
      }
      expect((await pipeline.push(await demand({}))).pushed).toBeDefined();
    });

    it("is refused by an engine without BuildKit before anything is made", async (context) => {
      if (hasBuildKit) skipTest(context, "it has BuildKit");
      for (const [feature, options] of DEMANDS) {
        const reason = expect.stringContaining("/session answered 404") as string;
        await expectRefused(options, { kind: "builder-lacks", feature, reason });
      }
    });

    it("is refused where gRPC is shut and POST /build lacks it, which takes secrets", async (context) => {
      if (!hasBuildKit) skipTest(context, "it has no BuildKit");
      const proxy = await EngineProxy.start(host, {
        answer: (line) => {
          if (line.startsWith("GET /_ping")) return pingAnswer("1.41");
          return line.startsWith("POST /grpc") ? NOT_FOUND : undefined;
        },
      });
      Object.assign(pipeline, { engine: engineAt(proxy.host) });
      for (const [feature, options] of DEMANDS.slice(2)) {
        const reason = "BuildKit is behind POST /build: /grpc answered 404: page not found";
        await expectRefused(options, { kind: "builder-lacks", feature, reason });
      }
      if (hasContainerdStore) {
        const platforms = ["linux/amd64", "linux/arm64"];
        const several = { ...(await demand({})), platforms };
        expect((await pipeline.push(several)).failure).toMatchObject({
          kind: "platforms-unsupported",
          reason: "POST /build: /grpc answered 404: page not found",
        });
        await expectNothingMade();
      }
      expect((await pipeline.push(await demand(secrets))).pushed).toBeDefined();
    });

    it("is refused for what only the containerd image store keeps", async (context) => {
      if (hasContainerdStore || !hasBuildKit) skipTest(context, "it is another builder");
      await expectRefused(registry, {
        kind: "builder-lacks",
        feature: "cache-to",
        reason: "a cache in a registry needs the containerd image store",
      });
      await expectRefused(attested, {
        kind: "builder-lacks",
        feature: "attestations",
        reason: "they need the containerd image store",
      });
    });

    it("is refused for named contexts by an old frontend", async (context) => {
      const { version } = await pipeline.engine.describe(here.signal);
      const isOld = hasBuildKit && Number.parseInt(version) < 23;
      if (!isOld) skipTest(context, "its frontend is newer");
      await expectRefused(contexts, { kind: "builder-lacks", feature: "contexts" });
    });

    it("is refused for an SSH agent that a step needs and the build was not lent", async () => {
      const step = "ADD git@git.example:team/lib.git /lib";
      const request = await requestFor({ Dockerfile: `FROM scratch\n${step}\n` });
      const { failure } = await pipeline.push(request);
      expect(failure).toMatchObject({ kind: "ssh-agent-missing", id: "default", line: 2 });
      await expectNothingMade();
    });

    it("is refused for an SSH agent that is away", async (context) => {
      if (!hasBuildKit) skipTest(context, "it has no BuildKit");
      await expectRefused(ssh, { kind: "ssh-agent-unavailable", path: "/nowhere/agent.sock" });
    });
  },
);
