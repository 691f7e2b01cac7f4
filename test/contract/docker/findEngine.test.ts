import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";
import { testEngines } from "../engines.js";
import { buildOf, collect, failureOf, makeFolder, patience } from "./engineUnderTest.js";

const run = promisify(execFile);

/** Opens the adapter with these variables alone, and a home folder of its own. */
function engineWith(environment: NodeJS.ProcessEnv, homeFolder = "/nonexistent"): DockerEngine {
  return new DockerEngine({ environment, homeFolder, platform: process.platform });
}

/** Writes a context as `docker context create` does. */
async function makeContext(
  home: string,
  name: string,
  host: string,
  tls: Readonly<Record<string, Buffer>> = {},
): Promise<void> {
  const id = createHash("sha256").update(name).digest("hex");
  const contexts = path.join(home, ".docker", "contexts");
  const metaFolder = path.join(contexts, "meta", id);
  const tlsFolder = path.join(contexts, "tls", id, "docker");
  await mkdir(metaFolder, { recursive: true });
  await mkdir(tlsFolder, { recursive: true });
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } };
  await writeFile(path.join(metaFolder, "meta.json"), JSON.stringify(meta));
  for (const [file, content] of Object.entries(tls)) {
    await writeFile(path.join(tlsFolder, file), content);
  }
}

async function listen(server: net.Server, target?: string): Promise<number> {
  await new Promise<void>((resolve) => {
    if (target) server.listen(target, resolve);
    else server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  return target ? 0 : (server.address() as AddressInfo).port;
}

/** Carries bytes between a client and an engine's address. */
function bridge(client: net.Socket, host: string): void {
  const url = new URL(host);
  const engine =
    url.protocol === "unix:"
      ? net.connect(url.pathname)
      : net.connect(Number(url.port), url.hostname);
  client.pipe(engine).pipe(client);
  client.on("error", () => engine.destroy());
  engine.on("error", () => client.destroy());
}

describe.each(await testEngines())("finding $label", ({ host }) => {
  it("takes DOCKER_HOST before a context", async () => {
    const engine = engineWith({ DOCKER_HOST: host, DOCKER_CONTEXT: "nowhere" });
    const description = await engine.describe(patience);
    expect(description).toMatchObject({ endpoint: host, chosenBy: "DOCKER_HOST" });
    expect(description.name).toMatch(/Engine|Docker/);
    expect(description.version).toMatch(/^\d+\.\d+/);
    expect(description.platform).toMatch(/^linux\/(amd64|arm64)$/);
  });

  it("takes the context of DOCKER_CONTEXT, else the current one", async () => {
    const home = await makeFolder({
      ".docker/config.json": JSON.stringify({ currentContext: "mine" }),
    });
    await makeContext(home, "mine", host);
    await makeContext(home, "other", host);
    const chosenBy = async (environment: NodeJS.ProcessEnv): Promise<string> =>
      (await engineWith(environment, home).describe(patience)).chosenBy;
    expect(await chosenBy({})).toBe('context "mine"');
    expect(await chosenBy({ DOCKER_CONTEXT: "other" })).toBe('DOCKER_CONTEXT "other"');
  });

  it("finds the engine again after it was away", async () => {
    const folder = await makeFolder();
    const socket = path.join(folder, "docker.sock");
    const engine = engineWith({ DOCKER_HOST: `unix://${socket}` });
    expect(await failureOf(engine.listImages(patience))).toEqual({
      kind: "docker-unavailable",
      endpoint: `unix://${socket}`,
      tried: [`unix://${socket}`],
    });
    await listen(
      net.createServer((client) => {
        bridge(client, host);
      }),
      socket,
    );
    expect(await engine.listImages(patience)).toBeInstanceOf(Array);
  });

  it("reaches an engine over plain TCP", async () => {
    const port = await listen(
      net.createServer((client) => {
        bridge(client, host);
      }),
    );
    const engine = engineWith({ DOCKER_HOST: `tcp://127.0.0.1:${port}` });
    expect((await engine.describe(patience)).endpoint).toBe(`tcp://127.0.0.1:${port}`);
    await expectBuild(engine, host);
  });

  it("reaches an engine with the TLS files of a context, and refuses a server it can't verify", async () => {
    const home = await makeFolder();
    const { ca, cert, key } = await makeCertificate(home);
    const server = https.createServer({
      key,
      cert,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    server.removeAllListeners("request");
    server.removeAllListeners("secureConnection");
    server.on("secureConnection", (client) => {
      bridge(client, host);
    });
    const port = await listen(server);
    const address = `tcp://127.0.0.1:${port}`;
    await makeContext(home, "secure", address, { "ca.pem": ca, "cert.pem": cert, "key.pem": key });
    const secure = engineWith({ DOCKER_CONTEXT: "secure" }, home);
    expect((await secure.describe(patience)).endpoint).toBe(address);
    await expectBuild(secure, host);

    await makeContext(home, "strange", address, { "cert.pem": cert, "key.pem": key });
    const strange = engineWith({ DOCKER_CONTEXT: "strange" }, home);
    expect((await failureOf(strange.describe(patience))).kind).toBe("docker-unavailable");

    const variables = { DOCKER_HOST: address, DOCKER_TLS_VERIFY: "1" };
    const verified = engineWith({ ...variables, DOCKER_CERT_PATH: home });
    expect((await verified.describe(patience)).chosenBy).toBe("DOCKER_HOST");
    const unverified = engineWith({ ...variables, DOCKER_CERT_PATH: "/nonexistent" });
    expect(await failureOf(unverified.describe(patience))).toMatchObject({
      kind: "docker-context-invalid",
      name: "DOCKER_CERT_PATH",
    });
  });

  it("reaches an engine through the user's ssh", async () => {
    const folder = await makeFolder();
    const socket = path.join(folder, "engine.sock");
    await listen(
      net.createServer((client) => {
        bridge(client, host);
      }),
      socket,
    );
    const ssh = path.join(folder, "ssh");
    const carry = `const s = require("net").connect(${JSON.stringify(socket)}); process.stdin.pipe(s).pipe(process.stdout)`;
    const words = path.join(folder, "words");
    await writeFile(
      ssh,
      `#!/bin/sh\necho "$@" > '${words}'\nexec '${process.execPath}' -e '${carry}'\n`,
    );
    await chmod(ssh, 0o755);
    const environment = { ...process.env, PATH: `${folder}:/usr/bin:/bin` };
    const engine = engineWith({ ...environment, DOCKER_HOST: "ssh://me@far.example:2222" });
    expect((await engine.describe(patience)).endpoint).toBe("ssh://me@far.example:2222");
    expect(await readFile(words, "utf8")).toBe(
      "-T -o BatchMode=yes -o ConnectTimeout=10 -l me -p 2222 -- far.example docker system dial-stdio\n",
    );
    await expectBuild(engine, host);
  });

  it("says what ssh said when it can't connect", async () => {
    const folder = await makeFolder({
      ssh: "#!/bin/sh\necho 'Host key verification failed.' >&2\nexit 255\n",
    });
    await chmod(path.join(folder, "ssh"), 0o755);
    const environment = { PATH: `${folder}:/usr/bin:/bin`, DOCKER_HOST: "ssh://far.example" };
    const lines: string[] = [];
    const log = (line: string): unknown => lines.push(line);
    const options = { environment, homeFolder: folder, platform: process.platform, log };
    const failure = await failureOf(new DockerEngine(options).describe(patience));
    expect(failure).toMatchObject({ kind: "docker-unavailable", endpoint: "ssh://far.example" });
    expect(lines.join("\n")).toContain("Host key verification failed.");
  });
});

describe("a socket", () => {
  it("that this user may not open is a permission denied", async () => {
    const folder = await makeFolder();
    await chmod(folder, 0o755);
    const socket = path.join(folder, "docker.sock");
    await listen(net.createServer(), socket);
    await chmod(socket, 0);
    const program = path.join(import.meta.dirname, "describeWithoutRights.ts");
    const args = ["--import", "tsx", program, `unix://${socket}`];
    const { stdout } = await run(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual({
      kind: "docker-permission-denied",
      endpoint: `unix://${socket}`,
    });
  });
});

/** Builds a file larger than any window, with BuildKit where the engine has it. */
async function expectBuild(engine: DockerEngine, host: string): Promise<void> {
  const file = randomUUID() + "x".repeat(3_000_000);
  const folder = await makeFolder({ Dockerfile: "FROM scratch\nCOPY file /\n", file });
  const { events, result } = await collect(engine.build(buildOf(folder), patience));
  expect(result.imageId).toMatch(/^sha256:/);
  const hasBuildKit = (await testEngines()).some((one) => one.hasBuildKit && one.host === host);
  expect(events).toContainEqual({
    type: "log",
    text: hasBuildKit
      ? "building with BuildKit over gRPC"
      : (expect.stringContaining("the classic builder") as string),
  });
}

/** Makes a certificate for 127.0.0.1 that signs itself and serves as authority too. */
async function makeCertificate(folder: string): Promise<Record<"ca" | "cert" | "key", Buffer>> {
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=engine", "-addext", "subjectAltName=IP:127.0.0.1"];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  await run("openssl", [...request, "-keyout", key, "-out", cert, ...subject]);
  await writeFile(path.join(folder, "ca.pem"), await readFile(cert));
  return { ca: await readFile(cert), cert: await readFile(cert), key: await readFile(key) };
}
