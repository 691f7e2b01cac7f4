import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { formatImageReference, type ImageReference } from "../../../src/core/imageReference.js";
import type { BuildOptions } from "../../../src/core/enginePorts.js";
import type { FindToken } from "../../../src/core/ports.js";
import type { RegistryToken } from "../../../src/core/login/registryToken.js";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";
import {
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "./engineUnderTest.js";
import { basicLogin, openGate, type RegistryGate } from "./registryGate.js";
import { skipWithout } from "../skipTest.js";
import { RegistryRig } from "./registryRig.js";

const engines = (await buildersUnderTest()).filter(({ kind }) => kind === "docker");
skipWithout(
  engines,
  "Podman asks registries on loopback over TLS only, and the local ECR has none",
);

describe.each(engines)("private base images with $builder of $label", ({ host, builder }) => {
  const engine = engineAt(host, builder);

  /** Puts a base image into a local ECR behind a gate, and leaves none in the engine. */
  async function prepareBase(): Promise<{
    rig: RegistryRig;
    gate: RegistryGate;
    base: ImageReference;
    token: RegistryToken;
  }> {
    const rig = await RegistryRig.start();
    onTestFinished(() => rig.stop());
    const gate = await openGate(rig.ecr);
    const pushed = await rig.prepareImage(host, await rig.createRepository());
    const token = await rig.fetchToken();
    await collect(engine.push(pushed, token, patience));
    await engine.untag(pushed, patience);
    const base = { ...pushed, host: gate.host };
    onTestFinished(() => engine.untag(base, patience));
    return { rig, gate, base, token: token.forHost(gate.host) };
  }

  async function build(
    dockerfile: string,
    findToken: FindToken,
    options: BuildOptions = {},
  ): Promise<{ imageId: string }> {
    const folder = await makeFolder({ Dockerfile: `${dockerfile}LABEL mark=${randomUUID()}\n` });
    const request = buildOf(folder, { findToken, options });
    return (await collect(engine.build(request, patience))).result;
  }

  function giving(...tokens: readonly RegistryToken[]): FindToken {
    return (asked) => {
      const token = tokens.find((one) => one.host === asked);
      return Promise.resolve(token && { token, profile: "dev" });
    };
  }

  it("shows each registry its own token and no other, and a third one none", async () => {
    const [one, two] = [await prepareBase(), await prepareBase()];
    const closed = await openGate();
    const bases = [one, two].map(({ base }) => formatImageReference(base));
    const both = `FROM ${bases[0] ?? ""} AS one\nFROM ${bases[1] ?? ""}\nCOPY --from=one / /one/\n`;
    const findToken = giving(one.token, two.token);
    await expect(build(both, findToken)).resolves.toBeDefined();
    for (const { gate, token } of [one, two]) {
      const own = basicLogin(token.username, token.revealPassword());
      expect(gate.shown).toContain(own);
      expect([...gate.shown].filter((shown) => shown !== own && shown !== "nothing")).toEqual([]);
    }

    const third = `${both}COPY --from=${closed.host}/team/base:1 / /\n`;
    expect(await failureOf(build(third, findToken))).toMatchObject({
      kind: "base-image-unauthorized",
      image: `${closed.host}/team/base:1`,
      line: 4,
      login: undefined,
    });
    expect([...closed.shown]).toEqual(["nothing"]);
  });

  it.each([
    [401, "base-image-unauthorized"],
    [403, "base-image-denied"],
    [404, "base-image-not-found"],
  ] as const)("says what %i means, to whom and where; the next try works", async (status, kind) => {
    const { gate, base, token } = await prepareBase();
    const image = formatImageReference(base);
    const dockerfile = `ARG BASE=none\nFROM scratch AS first\n\nFROM $BASE\n`;
    const options = { buildArgs: { BASE: image } };
    const folder = await makeFolder({ Dockerfile: dockerfile });
    const request = buildOf(folder, { findToken: giving(token), options });
    gate.refusal = status;
    expect(await failureOf(collect(engine.build(request, patience)))).toMatchObject({
      kind,
      image,
      host: gate.host,
      dockerfile: request.dockerfile,
      line: 4,
      login: { kind: "aws", profile: "dev" },
    });
    gate.refusal = undefined;
    await expect(collect(engine.build(request, patience))).resolves.toBeDefined();
  });

  it("says whom ECR itself refuses", async () => {
    const { rig, base, token } = await prepareBase();
    await rig.control.denyAction("ecr:BatchGetImage");
    expect(await failureOf(build(`FROM ${formatImageReference(base)}\n`, giving(token)))).toEqual(
      expect.objectContaining({ kind: "base-image-denied", line: 1 }),
    );
    await rig.control.reset();
    await expect(
      build(`FROM ${formatImageReference(base)}\n`, giving(token)),
    ).resolves.toBeDefined();
  });

  it("shows a registry what the user's docker login left for it", async () => {
    const gate = await openGate();
    const auth = Buffer.from("kim:a:colon").toString("base64");
    const auths = { [gate.host]: { auth }, "127.0.0.1:1": { auth: "bm86bm8=" } };
    const config = await makeFolder({ "config.json": JSON.stringify({ auths }) });
    const { failure, log } = await failWith(gate, config);
    expect(failure).toMatchObject({
      kind: "base-image-unauthorized",
      login: { kind: "docker", username: "kim" },
    });
    expect(gate.shown).toContain(basicLogin("kim", "a:colon"));
    expect(gate.shown).not.toContain(basicLogin("no", "no"));
    expect(log).toContain(`${gate.host} gets the docker login of kim`);
    expect(log.join()).not.toContain("a:colon");
  });

  it("warns of a credential helper that can't be run, and asks without a login", async () => {
    const gate = await openGate();
    const config = await makeFolder({ "config.json": '{"credsStore":"is-not-there"}' });
    const { failure, warnings } = await failWith(gate, config);
    expect(failure).toMatchObject({ kind: "base-image-unauthorized", login: undefined });
    expect(warnings[0]).toBe(
      `a login for ${gate.host} can't be had: docker-credential-is-not-there can't be run`,
    );
    expect([...gate.shown]).toEqual(["nothing"]);
  });

  async function failWith(
    gate: RegistryGate,
    configFolder: string,
  ): Promise<{ failure: unknown; warnings: string[]; log: string[] }> {
    const log: string[] = [];
    const warnings: string[] = [];
    const DOCKER_BUILDKIT = builder === "BuildKit" ? "1" : "0";
    const chosen = { DOCKER_HOST: host, DOCKER_BUILDKIT, DOCKER_CONFIG: configFolder };
    const environment = { ...process.env, ...chosen };
    const { platform } = process;
    const own = new DockerEngine({
      environment,
      homeFolder: "/nonexistent",
      platform,
      log: (line) => log.push(line),
    });
    const folder = await makeFolder({ Dockerfile: `FROM ${gate.host}/team/base:1\n` });
    const run = async (): Promise<void> => {
      for await (const event of own.build(buildOf(folder), patience)) {
        if (event.type === "warning") warnings.push(event.text);
      }
    };
    return { failure: await failureOf(run()), warnings, log };
  }
});
