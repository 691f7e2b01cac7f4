import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { DockerTerminalLogins } from "../../../src/docker/terminalLogins.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const OTHER = "210987654321.dkr.ecr.eu-west-1.amazonaws.com";
const ends = new Date("2030-01-02T03:04:05Z");
const password = Buffer.from(
  JSON.stringify({ payload: "x", expiration: ends.getTime() / 1000 }),
).toString("base64");
const token = new RegistryToken(HOST, "AWS", password, new Date(), ends);
const entry = (login: string): object => ({ auth: Buffer.from(login).toString("base64") });

const TEST_HELPER = {
  kind: "helper",
  program: "docker-credential-test",
  isShort: false,
} as const;

/** Keeps logins in files, one for each server, and notes what it was asked. */
const HELPER = `
folder="$(dirname "$0")"
echo "$1" >> "$folder/asked"
read -r input
case "$1" in
  store) server="$(echo "$input" | sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/')"; echo "$input" > "$folder/kept-$server" ;;
  get) cat "$folder/kept-$input" 2>/dev/null || { echo "credentials not found in native keychain"; exit 1; } ;;
  erase) rm "$folder/kept-$input" ;;
esac
`;

let folder: string;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ecr-terminal-logins-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  lines = [];
});

function machine(variables: NodeJS.ProcessEnv = {}): DockerTerminalLogins {
  const environment = {
    PATH: `${folder}${path.delimiter}/usr/bin${path.delimiter}/bin`,
    DOCKER_CONFIG: path.join(folder, "docker"),
    ...variables,
  };
  const log = (line: string): void => void lines.push(line);
  return new DockerTerminalLogins({
    environment,
    homeFolder: "/nonexistent",
    platform: "linux",
    log,
  });
}

async function writeConfig(config: unknown): Promise<void> {
  await mkdir(path.join(folder, "docker"), { recursive: true });
  await writeFile(path.join(folder, "docker/config.json"), JSON.stringify(config));
}

async function readConfig(): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, "docker/config.json"), "utf8"));
}

async function writeHelper(name: string, script = HELPER): Promise<void> {
  const program = path.join(folder, `docker-credential-${name}`);
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
}

describe("the terminal's logins", () => {
  it("are the ECR entries of the file, with the end that their tokens tell", async () => {
    await writeConfig({
      auths: {
        [`https://${HOST}/v1/`]: entry(`AWS:${password}`),
        [OTHER]: entry("AWS:opaque"),
        "ghcr.io": entry("kim:secret"),
        "127.0.0.1:5000": entry(`AWS:${password}`),
      },
    });
    expect(await machine().list(["127.0.0.1:5000"])).toEqual([
      { host: HOST, expiresAt: ends, heldBy: "config" },
      { host: OTHER, expiresAt: undefined, heldBy: "config" },
      { host: "127.0.0.1:5000", expiresAt: ends, heldBy: "config" },
    ]);
    expect((await machine().list([])).map(({ host }) => host)).toEqual([HOST, OTHER]);
  });

  it("are none without a file", async () => {
    expect(await machine().list([])).toEqual([]);
  });

  it("come from helpers, which are asked about hosts of ECR only, and once for each file", async () => {
    await writeHelper("test");
    await writeConfig({
      credsStore: "test",
      credHelpers: { [OTHER]: "ecr-login" },
      auths: { [HOST]: {}, "ghcr.io": {} },
    });
    const logins = machine();
    await logins.logIn(token, TEST_HELPER);
    const listed = [
      { host: HOST, expiresAt: ends, heldBy: "store" },
      { host: OTHER, expiresAt: undefined, heldBy: "ecr-login" },
    ];
    expect(await logins.list([])).toEqual(listed);
    expect(await logins.list([])).toEqual(listed);
    expect(await readFile(path.join(folder, "asked"), "utf8")).toBe("store\nget\n");
  });

  it("are listed without an end where a helper fails, and its words are no line of the log", async () => {
    await writeHelper("test", "echo hidden; exit 3");
    await writeConfig({ credHelpers: { [HOST]: "test" } });
    expect(await machine().list([])).toEqual([
      { host: HOST, expiresAt: undefined, heldBy: "helper" },
    ]);
    expect(lines.join()).toContain("docker-credential-test ended with code 3");
    expect(lines.join()).not.toContain("hidden");
  });

  it("of DOCKER_AUTH_CONFIG go first", async () => {
    const given = JSON.stringify({ auths: { [HOST]: entry(`AWS:${password}`) } });
    const logins = machine({ DOCKER_AUTH_CONFIG: given });
    expect(await logins.list([])).toEqual([{ host: HOST, expiresAt: ends, heldBy: "environment" }]);
    await expect(logins.logIn(token, { kind: "file", path: "" })).rejects.toThrow(
      "DOCKER_AUTH_CONFIG holds one",
    );
  });
});

describe("logging the terminal in", () => {
  it("keeps the token in the file where nothing else does, for its owner only", async () => {
    const logins = machine();
    const file = path.join(folder, "docker/config.json");
    const { ways } = await logins.listWays(HOST);
    expect(ways).toEqual([{ kind: "file", path: file }]);
    await logins.logIn(token, { kind: "file", path: file });
    expect(await readConfig()).toEqual({ auths: { [HOST]: entry(`AWS:${password}`) } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await logins.list([])).toMatchObject([{ host: HOST, expiresAt: ends }]);
  });

  it("keeps everything else that the file says", async () => {
    const others = { psFormat: "x", plugins: { a: { b: "c" } }, HttpHeaders: { X: "1" } };
    await writeConfig({ ...others, auths: { "ghcr.io": entry("a:b") } });
    await machine().logIn(token, { kind: "file", path: "" });
    expect(await readConfig()).toEqual({
      ...others,
      auths: { "ghcr.io": entry("a:b"), [HOST]: entry(`AWS:${password}`) },
    });
  });

  it("goes through the helper that is set", async () => {
    await writeHelper("test");
    await writeConfig({ credHelpers: { [HOST]: "test" } });
    const logins = machine();
    const { ways } = await logins.listWays(HOST);
    expect(ways).toEqual([TEST_HELPER]);
    await logins.logIn(token, TEST_HELPER);
    expect(await readConfig()).toEqual({ credHelpers: { [HOST]: "test" }, auths: { [HOST]: {} } });
    await logins.logOut(HOST);
    expect(await logins.list([])).toEqual([]);
    expect(await readConfig()).toEqual({ credHelpers: { [HOST]: "test" }, auths: {} });
  });

  it("can go past a helper into the file", async () => {
    await writeConfig({ credsStore: "wincred" });
    const logins = machine();
    expect((await logins.listWays(HOST)).ways).toMatchObject([
      { kind: "helper", isShort: true },
      { kind: "file" },
    ]);
    await logins.logIn(token, { kind: "file", path: "" });
    expect(await logins.list([])).toEqual([{ host: HOST, expiresAt: ends, heldBy: "config" }]);
    await logins.logOut(HOST);
    expect(await readConfig()).toEqual({ credsStore: "wincred", auths: {}, credHelpers: {} });
  });

  it("is left to AWS's helper where that is on the PATH, for registries of AWS", async () => {
    await writeHelper("ecr-login");
    const logins = machine();
    expect((await logins.listWays(HOST)).ways[0]).toEqual({ kind: "ecr-login" });
    expect((await logins.listWays("127.0.0.1:5000")).ways).toHaveLength(1);
    await logins.logIn(token, { kind: "ecr-login" });
    expect(await readConfig()).toEqual({ credHelpers: { [HOST]: "ecr-login" } });
    expect((await logins.listWays(HOST)).isAutomatic).toBe(true);
    await logins.logOut(HOST);
    expect(await readConfig()).toEqual({ credHelpers: {} });
  });

  it.each([
    ["fails", "echo hidden; exit 4", "docker-credential-test ended with code 4"],
    [
      "can't hold as much",
      "echo 'stub received bad data'; exit 1",
      "docker-credential-test keeps at most 2,500 characters",
    ],
  ])("leaves the file alone where the helper %s", async (_, script, reason) => {
    await writeHelper("test", script);
    await writeConfig({ credsStore: "test" });
    const work = machine().logIn(token, TEST_HELPER);
    await expect(work).rejects.toThrow(reason);
    await expect(work).rejects.not.toThrow(/hidden/);
    expect(await readConfig()).toEqual({ credsStore: "test" });
  });
});

describe("a broken config file", () => {
  it.each([
    ["half-written", '{"auths":{"r.example":{"auth":"c2VjcmV0"', "it is not valid JSON"],
    ["with a byte order mark", '\uFEFF{"auths":{}}', "it starts with a byte order mark"],
    ["that is no object", "[1]", "it is not a JSON object"],
    ["with auths that are no object", '{"auths":["x"]}', "its auths is not a JSON object"],
    ["of 10 MB", `{"a":"${"x".repeat(10_000_000)}"}`, "it is larger than 4 MiB"],
  ])("%s is told and stays as it is", async (_, text, reason) => {
    await mkdir(path.join(folder, "docker"));
    const file = path.join(folder, "docker/config.json");
    await writeFile(file, text);
    const logins = machine();
    const way = { kind: "file", path: file } as const;
    const attempts = [
      () => logins.list([]),
      () => logins.listWays(HOST),
      () => logins.logIn(token, way),
      () => logins.logOut(HOST),
    ];
    for (const attempt of attempts) {
      const error: unknown = await attempt().catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(EcrError);
      expect(error instanceof EcrError && error.failure).toMatchObject({
        kind: "docker-config-invalid",
        path: file,
      });
      expect(String(error)).toContain(reason);
      expect(String(error)).not.toContain("c2VjcmV0");
    }
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("that is empty counts as none, as for the docker command", async () => {
    await mkdir(path.join(folder, "docker"));
    await writeFile(path.join(folder, "docker/config.json"), "\n");
    expect(await machine().list([])).toEqual([]);
  });
});
