import { describe, expect, it } from "vitest";
import {
  isSerious,
  suspectFile,
  suspectFolder,
} from "../../../../src/core/context/contextFinding.js";

const KEY = "-----BEGIN PRIVATE KEY-----\nMII\n";
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMII\n";

/** What a file of this name and content is found to be. */
function found(name: string, content = "x"): string | undefined {
  const suspicion = suspectFile(name, content.length);
  return suspicion && (suspicion.isProof?.(content) ?? true) ? suspicion.why : undefined;
}

describe("a file", () => {
  it.each([
    [".env", "environment-file"],
    ["app/.env.production", "environment-file"],
    ["prod.env", "environment-file"],
    ["id_rsa", "private-key"],
    ["keys/id_ed25519", "private-key"],
    ["server.key", "private-key"],
    ["store.P12", "private-key"],
    ["a.pfx", "private-key"],
    ["credentials", "credentials"],
    ["service-account-prod.json", "credentials"],
    [".netrc", "credentials"],
    [".git-credentials", "credentials"],
    [".docker/config.json", "credentials"],
    ["home/.kube/config", "credentials"],
  ])("of the name %s is suspect", (name, why) => {
    expect(found(name)).toBe(why);
  });

  it.each([
    [".env.example"],
    [".env.sample"],
    [".env.local.template"],
    ["id_rsa.pub"],
    ["environment.ts"],
    ["src/credentials.py"],
    ["config.json"],
    ["keyboard.js"],
    [".envrc"],
  ])("of the name %s is not", (name) => {
    expect(found(name)).toBeUndefined();
  });

  it.each([
    ["server.pem", KEY, "private-key"],
    ["server.pem", CERTIFICATE + KEY, "private-key"],
    ["ca.pem", CERTIFICATE, undefined],
    ["public.key", "-----BEGIN PUBLIC KEY-----", undefined],
    [".npmrc", "//registry.npmjs.org/:_authToken=npm_x", "credentials"],
    [".npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}", undefined],
    [".npmrc", "engine-strict=true", undefined],
    [".pypirc", "[pypi]\npassword = x", "credentials"],
    [".pypirc", "[distutils]\nindex-servers = pypi", undefined],
    [".env", "", undefined],
    ["bundle.pem", KEY.repeat(5000), undefined],
  ])("%s is judged by its content as well", (name, content, why) => {
    expect(found(name, content)).toBe(why);
  });
});

describe("a folder", () => {
  it.each([
    [".git", "git-history"],
    ["sub/.git", "git-history"],
    [".venv", "virtual-environment"],
    ["venv", "virtual-environment"],
    ["web/node_modules", "packages"],
    ["home/.aws", "credentials"],
    [".github", undefined],
    ["constructor", undefined],
    ["src", undefined],
  ])("of the name %s is %s", (name, why) => {
    expect(suspectFolder(name)).toBe(why);
  });

  it("of packages is only big", () => {
    expect(isSerious({ why: "packages" })).toBe(false);
    expect(isSerious({ why: "git-history" })).toBe(true);
  });
});
