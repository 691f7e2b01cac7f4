import { describe, expect, it } from "vitest";
import {
  type BuildChoices,
  isSecretName,
  listTypedKeys,
  makeBuildOptions,
  noChoices,
  type SecretSources,
} from "../../../../src/core/build/buildChoices.js";
import { parseBuildChoices } from "../../../../src/core/build/parseBuildChoices.js";

const full: BuildChoices = {
  target: "build",
  platforms: ["linux/amd64", "linux/arm64"],
  args: { VERSION: "2", EMPTY: "" },
  typedArgs: ["API_TOKEN"],
  secrets: {
    npm: { kind: "environment", name: "NPM_TOKEN" },
    aws: { kind: "file", path: "/home/dev/.aws/credentials" },
    pin: { kind: "typed" },
  },
  agents: ["default"],
  noCache: true,
  pull: true,
  network: "host",
  labels: { "org.example.team": "shop, and more" },
  hosts: { db: "192.0.2.7" },
  contexts: {
    assets: { kind: "folder", path: "/shop/assets" },
    "node:24": { kind: "image", reference: "public.ecr.aws/docker/library/node:24" },
    lib: { kind: "url", url: "https://github.com/shop/lib.git#main" },
  },
  cacheFrom: ["host.example/team/cache:main"],
  cacheTo: [
    { kind: "inline" },
    { kind: "registry", reference: "host.example/team/cache:main", mode: "max" },
    { kind: "registry", reference: "host.example/team/cache:small" },
  ],
  attestations: { provenance: "max", sbom: true },
};

const typed = new Map([
  ["argument:API_TOKEN", "canary-argument"],
  ["secret:pin", "canary-typed"],
]);

/** Variables and files that may go while a test runs. */
class Sources implements SecretSources {
  readonly variables = new Map([["NPM_TOKEN", "canary-variable"]]);
  readonly files = new Map([["/home/dev/.aws/credentials", "canary-file"]]);
  readonly variable = (name: string): string | undefined => this.variables.get(name);
  readonly reasonAgainstFile = (path: string): Promise<string | undefined> =>
    Promise.resolve(this.files.has(path) ? undefined : "it does not exist");
  readonly readFile = (path: string): Promise<Uint8Array> =>
    Promise.resolve(new TextEncoder().encode(this.files.get(path)));
}

describe("choices that are kept", () => {
  it("come back as they were, through JSON as well", () => {
    expect(parseBuildChoices(JSON.parse(JSON.stringify(full)))).toEqual(full);
    expect(parseBuildChoices(JSON.parse(JSON.stringify(noChoices)))).toEqual(noChoices);
  });

  it("never hold a value that was typed", () => {
    expect(JSON.stringify(full)).not.toContain("canary");
  });

  it.each([undefined, null, 7, "text", [], [full], {}, { args: 7, secrets: [], platforms: {} }])(
    "are none where %j was kept",
    (kept) => {
      expect(parseBuildChoices(kept)).toEqual(noChoices);
    },
  );

  it("lose their damaged parts and nothing else", () => {
    const damaged = {
      ...full,
      target: "",
      platforms: ["linux/amd64", "amd64", 7, "linux/amd64"],
      args: { VERSION: "2", A: 7, B: null, "": "x" },
      typedArgs: ["API_TOKEN", "", {}],
      secrets: {
        npm: { kind: "environment", name: "" },
        aws: { kind: "file" },
        pin: { kind: "typed", value: "canary" },
        odd: { kind: "vault" },
        env: { kind: "environment", name: "A", value: "canary" },
      },
      noCache: "yes",
      network: "bridge",
      labels: null,
      attestations: { provenance: "all", sbom: "yes" },
      contexts: {
        ...full.contexts,
        "a b": { kind: "folder", path: "/shop" },
        odd: { kind: "target", path: "/shop" },
        none: { kind: "folder" },
        login: { kind: "url", url: "https://user:canary@host.example/lib.git" },
      },
      cacheFrom: ["host.example/team/cache:main", "UPPER/Case", 7],
      cacheTo: [...full.cacheTo, { kind: "registry" }, { kind: "s3" }, "inline"],
    };
    expect(parseBuildChoices(damaged)).toEqual({
      ...full,
      target: undefined,
      platforms: ["linux/amd64"],
      args: { VERSION: "2" },
      secrets: { pin: { kind: "typed" }, env: { kind: "environment", name: "A" } },
      noCache: false,
      network: undefined,
      labels: {},
      attestations: {},
    });
  });

  it("drop the value of an argument whose name says that it is secret", () => {
    expect(parseBuildChoices({ args: { NPM_TOKEN: "canary", VERSION: "2" } }).args).toEqual({
      VERSION: "2",
    });
  });

  it("are not led astray by the names of inherited properties", () => {
    const kept: unknown = JSON.parse('{"args":{"__proto__":"x","toString":"y"}}');
    expect(Object.entries(parseBuildChoices(kept).args)).toEqual([
      ["__proto__", "x"],
      ["toString", "y"],
    ]);
  });
});

describe("isSecretName", () => {
  it.each(["TOKEN", "npm_token", "DB_PASSWORD", "API_KEY", "AUTH", "AWS_SECRET_ACCESS_KEY"])(
    "takes %s for one",
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );

  it.each(["VERSION", "KEYBOARD", "PUBLIC_KEY", "TOKENIZER", "AUTHOR"])("leaves %s", (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe("makeBuildOptions", () => {
  it("makes what a build is given", async () => {
    const { secrets = {}, ...others } = await makeBuildOptions(full, typed, new Sources());
    expect(others).toEqual({
      target: "build",
      buildArgs: { VERSION: "2", EMPTY: "", API_TOKEN: "canary-argument" },
      ssh: { default: undefined },
      noCache: true,
      pull: true,
      network: "host",
      labels: full.labels,
      hosts: full.hosts,
      contexts: full.contexts,
      cacheFrom: full.cacheFrom,
      cacheTo: full.cacheTo,
      attestations: full.attestations,
    });
    const values = await Promise.all(
      Object.entries(secrets).map(async ([id, read]) => [
        id,
        new TextDecoder().decode(await read()),
      ]),
    );
    expect(values).toEqual([
      ["npm", "canary-variable"],
      ["aws", "canary-file"],
      ["pin", "canary-typed"],
    ]);
  });

  it("leaves out what was not chosen", async () => {
    expect(await makeBuildOptions(noChoices, new Map(), new Sources())).toEqual({
      buildArgs: {},
      secrets: {},
      ssh: {},
      noCache: false,
      pull: false,
      labels: {},
      hosts: {},
    });
  });

  it("asks for what has to be typed, and fails without it", async () => {
    expect(listTypedKeys(full)).toEqual(["argument:API_TOKEN", "secret:pin"]);
    for (const [option, key] of [
      ["build-argument", "argument:API_TOKEN"],
      ["secret", "secret:pin"],
    ]) {
      const left = new Map([...typed].filter(([other]) => other !== key));
      await expect(makeBuildOptions(full, left, new Sources())).rejects.toMatchObject({
        failure: { kind: "build-option-invalid", option, reason: "no value was typed" },
      });
    }
  });

  it("names the secret whose source is gone, without its value", async () => {
    const noVariable = new Sources();
    noVariable.variables.clear();
    await expect(makeBuildOptions(full, typed, noVariable)).rejects.toMatchObject({
      failure: { name: "npm", reason: "the environment variable NPM_TOKEN is not set" },
    });
    const noFile = new Sources();
    noFile.files.clear();
    const error: unknown = await makeBuildOptions(full, typed, noFile).catch((e: unknown) => e);
    expect(error).toMatchObject({ failure: { name: "aws", reason: "it does not exist" } });
    expect(JSON.stringify(error) + String(error)).not.toContain("canary");
  });

  it("says so when a file goes while the build runs", async () => {
    const sources = new Sources();
    const { secrets = {} } = await makeBuildOptions(full, typed, sources);
    sources.files.clear();
    await expect(secrets["aws"]?.()).rejects.toMatchObject({
      failure: { kind: "build-option-invalid", name: "aws" },
    });
  });
});
