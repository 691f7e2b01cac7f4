import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findDockerLogin } from "../../../src/docker/dockerLogins.js";

interface Machine {
  readonly config?: unknown;
  /** The shell script of `docker-credential-test`; programs stand on `PATH` under that name. */
  readonly helper?: string;
  readonly variable?: string;
}

async function find(
  host: string,
  { config, helper, variable }: Machine,
): ReturnType<typeof findDockerLogin> {
  const folder = await mkdtemp(path.join(tmpdir(), "ecr-logins-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  if (config !== undefined) {
    const text = typeof config === "string" ? config : JSON.stringify(config);
    await writeFile(path.join(folder, "config.json"), text);
  }
  if (helper !== undefined) {
    const program = path.join(folder, "docker-credential-test");
    await writeFile(program, `#!/bin/sh\n${helper}\n`);
    await chmod(program, 0o755);
  }
  const environment = {
    PATH: `${folder}${path.delimiter}${process.env["PATH"] ?? ""}`,
    DOCKER_CONFIG: folder,
    ...(variable === undefined ? {} : { DOCKER_AUTH_CONFIG: variable }),
  };
  return findDockerLogin(host, environment, "/nonexistent");
}

const entry = (login: string): object => ({ auth: Buffer.from(login).toString("base64") });
const kim = { username: "kim", password: "pass:word" };

describe("the login that docker keeps for a host", () => {
  it.each([
    ["r.example", { "r.example": entry("kim:pass:word") }],
    ["r.example", { "https://r.example/v1/": entry("kim:pass:word") }],
    ["r.example:5000", { "r.example:5000": { username: "kim", password: "pass:word" } }],
    ["registry-1.docker.io", { "https://index.docker.io/v1/": entry("kim:pass:word") }],
  ])("is the entry for %s", async (host, auths) => {
    expect(await find(host, { config: { auths } })).toEqual(kim);
  });

  it.each([
    ["r.example", { "r.example:5000": entry("a:b"), "x.r.example": entry("a:b") }],
    ["r.example:5000", { "r.example": entry("a:b") }],
    ["index.example", { "https://index.docker.io/v1/": entry("a:b") }],
    ["r.example", { "r.example": {} }],
  ])("is nobody's for %s where only others have one", async (host, auths) => {
    expect(await find(host, { config: { auths } })).toBeUndefined();
  });

  it("is none without a config", async () => {
    expect(await find("r.example", {})).toBeUndefined();
  });

  it("may be an identity token", async () => {
    const auths = { "r.example": { ...entry("kim:"), identitytoken: "the-token" } };
    expect(await find("r.example", { config: { auths } })).toEqual({
      username: "",
      password: "the-token",
    });
  });

  it("comes from DOCKER_AUTH_CONFIG first", async () => {
    const config = { auths: { "r.example": entry("a:b"), "s.example": entry("kim:pass:word") } };
    const variable = JSON.stringify({ auths: { "r.example": entry("kim:pass:word") } });
    expect(await find("r.example", { config, variable })).toEqual(kim);
    expect(await find("s.example", { config, variable })).toEqual(kim);
  });

  it("does not quote a file that can't be read", async () => {
    const config = '{"auths":{"r.example":{"auth":"c2VjcmV0"';
    const finding = find("r.example", { config });
    await expect(finding).rejects.toThrow("is not valid JSON");
    await expect(finding).rejects.not.toThrow(/c2VjcmV0/);
  });
});

describe("the login that a helper keeps", () => {
  const answer = `read server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"$server\\",\\"Secret\\":\\"s\\"}"`;

  it("is asked with the host on the helper's input", async () => {
    const config = { credsStore: "test", auths: { "r.example": {} } };
    expect(await find("r.example", { config, helper: answer })).toEqual({
      username: "r.example",
      password: "s",
    });
    expect(await find("docker.io", { config, helper: answer })).toMatchObject({
      username: "https://index.docker.io/v1/",
    });
  });

  it("may be for one host only", async () => {
    const config = { credHelpers: { "r.example": "test" }, auths: { "s.example": entry("kim:a") } };
    expect(await find("r.example", { config, helper: answer })).toMatchObject({ password: "s" });
    expect(await find("s.example", { config, helper: "exit 1" })).toMatchObject({
      username: "kim",
    });
  });

  it("may be a token", async () => {
    const helper = `echo '{"Username":"<token>","Secret":"t"}'`;
    expect(await find("r.example", { config: { credsStore: "test" }, helper })).toEqual({
      username: "",
      password: "t",
    });
  });

  it("is none when the helper says so", async () => {
    const helper = "echo 'credentials not found in native keychain'; exit 1";
    expect(await find("r.example", { config: { credsStore: "test" }, helper })).toBeUndefined();
  });

  it.each([
    ["fails", "echo hidden; exit 3", "docker-credential-test ended with code 3"],
    ["says nothing", "true", "docker-credential-test answered something else than a login"],
    ["says no JSON", "echo '{hidden'", "docker-credential-test answered something else"],
  ])("is an error when the helper %s, without its words", async (_, helper, message) => {
    const finding = find("r.example", { config: { credsStore: "test" }, helper });
    await expect(finding).rejects.toThrow(message);
    await expect(finding).rejects.not.toThrow(/hidden/);
  });

  it("is an error when there is no such helper", async () => {
    await expect(find("r.example", { config: { credsStore: "absent" } })).rejects.toThrow(
      "docker-credential-absent can't be run",
    );
  });
});
