import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { listCandidates } from "../../../src/docker/engineCandidates.js";
import type { EngineAddress } from "../../../src/docker/engineAddress.js";

let home: string;
let lines: string[];
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "ecr-home-"));
  lines = [];
  onTestFinished(() => rm(home, { recursive: true, force: true }));
});

function candidates(
  environment: NodeJS.ProcessEnv = {},
  platform: NodeJS.Platform = "linux",
): Promise<readonly EngineAddress[]> {
  const log = (line: string): unknown => lines.push(line);
  return listCandidates({ environment, homeFolder: home, platform, log });
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(home, file)), { recursive: true });
  await writeFile(path.join(home, file), content);
}

async function writeContext(
  name: string,
  docker: object | undefined,
  folder = ".docker",
): Promise<string> {
  const id = createHash("sha256").update(name).digest("hex");
  const meta = JSON.stringify({ Name: name, Endpoints: docker ? { docker } : {} });
  await write(`${folder}/contexts/meta/${id}/meta.json`, meta);
  return `${folder}/contexts/tls/${id}/docker`;
}

const endpoints = (addresses: readonly EngineAddress[]): string[] =>
  addresses.map((address) => address.endpoint);

describe("listCandidates", () => {
  it("begins with the default socket, then those of known products", async () => {
    const [first, ...others] = await candidates({ XDG_RUNTIME_DIR: "/run/user/7" });
    expect(first).toMatchObject({ endpoint: "unix:///var/run/docker.sock", chosenBy: "default" });
    expect(endpoints(others)).toEqual(
      expect.arrayContaining([
        `unix://${home}/.docker/run/docker.sock`,
        `unix://${home}/.docker/desktop/docker.sock`,
        `unix://${home}/.orbstack/run/docker.sock`,
        `unix://${home}/.rd/docker.sock`,
        `unix://${home}/.colima/default/docker.sock`,
        `unix://${home}/.lima/docker/sock/docker.sock`,
        "unix:///run/user/7/docker.sock",
        "unix:///run/user/7/podman/podman.sock",
        "unix:///run/podman/podman.sock",
      ]),
    );
    expect(others.every((address) => address.chosenBy.startsWith("socket of "))).toBe(true);
  });

  it("tries pipes on Windows", async () => {
    const list = endpoints(await candidates({}, "win32"));
    expect(list[0]).toBe("npipe:////./pipe/docker_engine");
    expect(list.every((endpoint) => endpoint.startsWith("npipe:"))).toBe(true);
  });

  it("lets nothing stand beside DOCKER_HOST", async () => {
    const environment = { DOCKER_HOST: "tcp://engine.example:1", DOCKER_CONTEXT: "mine" };
    expect(endpoints(await candidates(environment))).toEqual(["tcp://engine.example:1"]);
  });

  it("takes DOCKER_CONTEXT before the current context, and both alone", async () => {
    await write(".docker/config.json", '{"currentContext":"a"}');
    await writeContext("a", { Host: "unix:///a.sock" });
    await writeContext("b", { Host: "unix:///b.sock" });
    expect(await candidates()).toMatchObject([
      { endpoint: "unix:///a.sock", chosenBy: 'context "a"' },
    ]);
    expect(await candidates({ DOCKER_CONTEXT: "b" })).toMatchObject([
      { endpoint: "unix:///b.sock", chosenBy: 'DOCKER_CONTEXT "b"' },
    ]);
    expect((await candidates({ DOCKER_CONTEXT: "default" })).length).toBeGreaterThan(1);
  });

  it("reads another folder than ~/.docker where DOCKER_CONFIG says so", async () => {
    await write("elsewhere/config.json", '{"currentContext":"a"}');
    await writeContext("a", { Host: "unix:///a.sock" }, "elsewhere");
    const environment = { DOCKER_CONFIG: path.join(home, "elsewhere") };
    expect(endpoints(await candidates(environment))).toEqual(["unix:///a.sock"]);
  });

  it("reads the TLS files of a context", async () => {
    const tlsFolder = await writeContext("a", { Host: "tcp://e:1", SkipTLSVerify: true });
    await write(`${tlsFolder}/ca.pem`, "the authority");
    const [address] = await candidates({ DOCKER_CONTEXT: "a" });
    expect(address?.transport).toMatchObject({
      kind: "tcp",
      tls: { ca: Buffer.from("the authority"), cert: undefined, verify: false },
    });
  });

  it.each([
    ["there is no such context", async (): Promise<unknown> => Promise.resolve()],
    ["it names no Docker endpoint", (): Promise<unknown> => writeContext("a", undefined)],
    ["the scheme is not", (): Promise<unknown> => writeContext("a", { Host: "fd://x" })],
  ])("says of a context that %s", async (reason, prepare) => {
    await prepare();
    await expect(candidates({ DOCKER_CONTEXT: "a" })).rejects.toMatchObject({
      failure: {
        kind: "docker-context-invalid",
        name: "a",
        reason: expect.stringContaining(reason) as string,
      },
    });
  });

  it("says of a context's file that it can't be read", async () => {
    const id = createHash("sha256").update("a").digest("hex");
    await write(`.docker/contexts/meta/${id}/meta.json`, "{");
    await expect(candidates({ DOCKER_CONTEXT: "a" })).rejects.toMatchObject({
      failure: { kind: "docker-context-invalid", name: "a", reason: "it can't be read" },
    });
  });

  it("goes on with the defaults when config.json is broken, and logs it", async () => {
    await write(".docker/config.json", "{");
    expect((await candidates())[0]?.chosenBy).toBe("default");
    expect(lines).toEqual([expect.stringContaining("docker config ignored")]);
  });

  it("wants an authority where DOCKER_TLS_VERIFY is set", async () => {
    const environment = { DOCKER_HOST: "tcp://e", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: home };
    await expect(candidates(environment)).rejects.toMatchObject({
      failure: { kind: "docker-context-invalid", name: "DOCKER_CERT_PATH" },
    });
    await write("ca.pem", "the authority");
    const [address] = await candidates(environment);
    expect(address?.transport).toMatchObject({ port: 2376, tls: { verify: true } });
  });
});
