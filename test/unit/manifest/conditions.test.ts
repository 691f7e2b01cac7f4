import ts from "typescript";
import { describe, expect, it } from "vitest";
import { conditions, manifest } from "./manifest.js";
import { findNodes, parseSource } from "./sources.js";

/** https://code.visualstudio.com/api/references/when-clause-contexts */
const VSCODE_KEYS = [
  "focusedView",
  "inputFocus",
  "listFocus",
  "isWorkspaceTrusted",
  "resourceExtname",
  "resourceFilename",
  "resourceLangId",
  "resourceScheme",
  "view",
  "viewItem",
];

/** A regular expression in a clause, which may hold anything that looks like a key. */
const PATTERN = /=~ \/((?:\\.|[^/\\])+)\/([a-z]*)/g;

/** The keys that code sets, with the values that they may have. */
function keysOfCode(): ReadonlyMap<string, readonly string[]> {
  const members = findNodes(parseSource("src/ui/contextKeys.ts"), ts.isPropertySignature);
  return new Map(
    members.map(({ name, type }) => [
      ts.isStringLiteral(name) ? name.text : name.getText(),
      [...(type?.getText() ?? "").matchAll(/"([^"]+)"/g)].map(([, value = ""]) => value),
    ]),
  );
}

/** Splits a clause into its comparisons, without their patterns. */
function comparisons(clause: string): { key: string; value: string | undefined }[] {
  return clause
    .replace(PATTERN, "")
    .split(/&&|\|\||[()!]/)
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "true" && part !== "false")
    .map((part) => {
      const [key = "", value] = part.split(/\s*[!=]=\s*/);
      return { key: key.trim(), value };
    });
}

describe("conditions of the manifest", () => {
  const all = conditions().flatMap(comparisons);
  const ours = keysOfCode();

  it("ask for keys that code sets, or that VS Code has", () => {
    expect(all.length).toBeGreaterThan(30);
    const known = [...ours.keys(), ...VSCODE_KEYS];
    expect([...new Set(all.map(({ key }) => key))].filter((key) => !known.includes(key))).toEqual(
      [],
    );
  });

  it("compare the extension's own keys with values that they can have", () => {
    const compared = all.filter(({ key }) => ours.has(key));
    expect(compared.length).toBeGreaterThan(3);
    for (const { key, value } of compared) expect(ours.get(key), key).toContain(value);
  });

  it("ask for every key that code sets", () => {
    expect(ours.size).toBeGreaterThan(0);
    for (const key of ours.keys()) expect(all.map((part) => part.key)).toContain(key);
  });
});

describe("names of Dockerfiles", () => {
  const patterns = conditions().flatMap((clause) =>
    [...clause.matchAll(/resourceFilename =~ \/((?:\\.|[^/\\])+)\/([a-z]*)/g)].map(
      ([, source = "", flags = ""]) => new RegExp(source, flags),
    ),
  );
  const inCode = findNodes(
    parseSource("src/ui/dockerfiles.ts"),
    (node): node is ts.RegularExpressionLiteral =>
      ts.isRegularExpressionLiteral(node) &&
      ts.isVariableDeclaration(node.parent) &&
      node.parent.name.getText() === "DOCKERFILE_NAME",
  ).map((node) => node.text);

  it("are the same in every menu and in the code", () => {
    expect(inCode).toHaveLength(1);
    const items = Object.entries(manifest.contributes.menus)
      .filter(([menu]) => /^(?:explorer|editor)\//.test(menu))
      .flatMap(([, list]) => list)
      .filter(({ when = "" }) => !when.includes("resourceScheme == ecr-lifecycle"));
    expect(patterns).toHaveLength(items.length);
    expect([...new Set(patterns.map(String))]).toEqual(inCode);
  });

  it.each([
    "Dockerfile",
    "dockerfile",
    "DOCKERFILE",
    "Dockerfile.dev",
    "dockerfile.arm64.test",
    "api.Dockerfile",
    "my.api.dockerfile",
    "Containerfile",
    "containerfile.prod",
    "api.Containerfile",
  ])("match %s", (name) => {
    for (const pattern of patterns) expect(pattern.test(name)).toBe(true);
  });

  it.each([
    "Dockerfile.dockerignore",
    "api.Dockerfile.dockerignore",
    ".dockerignore",
    "mydockerfile",
    "Dockerfiles",
    "Dockerfile_old",
    "Dockerfile.",
    ".Dockerfile",
    "Dockerfile-dev",
    "docker-compose.yml",
    "",
  ])("do not match %j", (name) => {
    for (const pattern of patterns) expect(pattern.test(name)).toBe(false);
  });
});
