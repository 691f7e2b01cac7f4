import { readdirSync } from "node:fs";
import ts from "typescript";
import { readProjectFile } from "./manifest.js";

/** The parsed TypeScript files under `src`, with paths from the project's root. */
export function sourceFiles(): ts.SourceFile[] {
  const folder = new URL("../../../src", import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => parseSource(`src/${path}`));
}

/** Parses one file of the project. */
export function parseSource(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readProjectFile(path), ts.ScriptTarget.ES2023, true);
}

/** Returns all nodes of a file that `is` recognises, in order. */
export function findNodes<T extends ts.Node>(
  file: ts.SourceFile,
  is: (node: ts.Node) => node is T,
): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Says where a node is, as `file:line`. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
