import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchGroup } from "./figure.js";

const folder = path.join(import.meta.dirname, "groups");

/** Lists the names of all groups: the files in `groups/`. */
export async function listGroups(): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.map((file) => path.parse(file).name).sort();
}

/** Loads the group of this name. */
export async function loadGroup(name: string): Promise<BenchGroup> {
  const file = path.join(folder, `${name}.ts`);
  const loaded: unknown = await import(pathToFileURL(file).href);
  if (!hasGroup(loaded)) throw new Error(`${file} exports no group`);
  return loaded.group;
}

function hasGroup(value: unknown): value is { readonly group: BenchGroup } {
  return typeof value === "object" && value !== null && "group" in value;
}
