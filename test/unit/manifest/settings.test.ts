import ts from "typescript";
import { describe, expect, it } from "vitest";
import { manifest } from "./manifest.js";
import { findNodes, parseSource, sourceFiles } from "./sources.js";

const { properties } = manifest.contributes.configuration;
const code = parseSource("src/ui/settings.ts");

function valueOf(literal: ts.Expression): unknown {
  if (ts.isStringLiteral(literal)) return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (literal.kind === ts.SyntaxKind.FalseKeyword) return false;
  throw new Error("a setting's default is no text, number or truth value");
}

/** The settings that the code reads, with their defaults. */
function readByCode(): (readonly [string, unknown])[] {
  return findNodes(code, ts.isCallExpression)
    .filter(({ expression }) => expression.getText() === "ecr.get")
    .map(({ arguments: [name, fallback] }) => {
      if (!name || !ts.isStringLiteral(name) || !fallback) {
        throw new Error("a setting is read without a literal name and default");
      }
      return [`ecr.${name.text}`, valueOf(fallback)] as const;
    });
}

describe("settings", () => {
  it("are read with the names and defaults that package.json declares", () => {
    const declared = Object.entries(properties).map(([name, { default: value }]) => [name, value]);
    expect(readByCode().sort()).toEqual(declared.sort());
  });

  it("offer the choices that the code knows, each described", () => {
    const member = findNodes(code, ts.isPropertySignature).find(
      ({ name }) => name.getText() === "statusBar",
    );
    const known = member?.type
      ?.getText()
      .match(/"[^"]+"/g)
      ?.map((text) => text.slice(1, -1));
    const { enum: choices = [], enumDescriptions = [] } = properties["ecr.statusBar"] ?? {};
    expect([...choices].sort()).toEqual(known?.sort());
    expect(enumDescriptions).toHaveLength(choices.length);
    expect(choices).toContain(properties["ecr.statusBar"]?.default);
  });

  it("that a folder may not set without trust exist", () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(restricted.length).toBeGreaterThan(0);
    for (const name of restricted) expect(Object.keys(properties)).toContain(name);
  });

  it("that say where credentials go can't come from an untrusted folder", () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const name of ["ecr.profile", "ecr.region", "ecr.endpoint"]) {
      const isMachine = properties[name]?.scope === "machine";
      expect(isMachine || restricted.includes(name), name).toBe(true);
    }
  });

  it("exist wherever code names one", () => {
    const named = sourceFiles().flatMap((file) => [
      ...file.text.matchAll(
        /affectsConfiguration\("([^"]+)"\)|(?:openSettings",\s*"|"@id:)(ecr\.[^"]+)"/g,
      ),
    ]);
    expect(named.length).toBeGreaterThan(1);
    for (const [, watched, opened] of named) {
      expect(Object.keys(properties)).toContain(watched ?? opened);
    }
  });
});
