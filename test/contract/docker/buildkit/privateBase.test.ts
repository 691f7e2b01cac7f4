import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { formatImageReference } from "../../../../src/core/imageReference.js";
import { DockerEngine } from "../../../../src/docker/dockerEngine.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";
import { RegistryRig } from "../registryRig.js";

/** A registry that wants a login and lets nobody in; it keeps what it was shown. */
async function startClosedRegistry(): Promise<{ host: string; shown: string[] }> {
  const shown: string[] = [];
  const server = http.createServer((request, response) => {
    shown.push(request.headers.authorization ?? "nothing");
    response.writeHead(401, { "WWW-Authenticate": 'Basic realm="closed"' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, shown };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

describe.each(await buildKitsUnderTest())("private base images on $label", ({ host }) => {
  const engine = engineAt(host);

  it("gives a token to its own host and to no other", async () => {
    const rig = await RegistryRig.start();
    onTestFinished(() => rig.stop());
    const closed = await startClosedRegistry();
    const base = await rig.prepareImage(host, await rig.createRepository());
    const token = await rig.fetchToken();
    await collect(engine.push(base, token, patience));
    await engine.untag(base, patience);

    const both = await makeFolder({
      Dockerfile: `FROM ${formatImageReference(base)} AS one\nLABEL mark=${randomUUID()}\nFROM ${closed.host}/team/base:1\nCOPY --from=one / /\n`,
    });
    const request = buildOf(both, { tokens: [token] });
    expect(await failureOf(collect(engine.build(request, patience)))).toEqual({
      kind: "registry-unauthorized",
      host: closed.host,
    });
    expect(closed.shown.length).toBeGreaterThan(0);
    expect(new Set(closed.shown)).toEqual(new Set(["nothing"]));

    const one = buildOf(both, { tokens: [token], options: { target: "one" } });
    await expect(collect(engine.build(one, patience))).resolves.toBeDefined();
    await engine.untag(base, patience);
  });

  it("shows a registry what the user's docker login left for it", async () => {
    const closed = await startClosedRegistry();
    const homeFolder = await mkdtemp(path.join(tmpdir(), "ecr-home-"));
    onTestFinished(() => rm(homeFolder, { recursive: true, force: true }));
    const auth = Buffer.from("kim:a:colon").toString("base64");
    const auths = { [closed.host]: { auth }, "127.0.0.1:1": { auth: "bm86bm8=" } };
    await writeFile(path.join(homeFolder, "config.json"), JSON.stringify({ auths }));
    const folder = await makeFolder({ Dockerfile: `FROM ${closed.host}/team/base:1\n` });
    const environment = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: homeFolder };
    const own = new DockerEngine({ environment, homeFolder, platform: process.platform });
    expect(await failureOf(collect(own.build(buildOf(folder), patience)))).toEqual({
      kind: "registry-unauthorized",
      host: closed.host,
    });
    expect(closed.shown).toContain(basic("kim", "a:colon"));
    expect(closed.shown).not.toContain(basic("no", "no"));
  });

  it("warns of a credential helper that can't be run, and asks without a login", async () => {
    const closed = await startClosedRegistry();
    const environment = {
      ...process.env,
      DOCKER_HOST: host,
      DOCKER_CONFIG: await makeFolder({ "config.json": '{"credsStore":"is-not-there"}' }),
    };
    const own = new DockerEngine({ environment, homeFolder: "/", platform: process.platform });
    const folder = await makeFolder({ Dockerfile: `FROM ${closed.host}/team/base:1\n` });
    const warnings: string[] = [];
    const build = async (): Promise<void> => {
      for await (const event of own.build(buildOf(folder), patience)) {
        if (event.type === "warning") warnings.push(event.text);
      }
    };
    expect(await failureOf(build())).toMatchObject({ kind: "registry-unauthorized" });
    expect(warnings[0]).toBe(
      `${closed.host} is asked without a login: docker-credential-is-not-there can't be run`,
    );
    expect(new Set(closed.shown)).toEqual(new Set(["nothing"]));
  });
});
