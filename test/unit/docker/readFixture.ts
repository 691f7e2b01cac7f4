import { readFile } from "node:fs/promises";
import path from "node:path";

const folder = path.join(import.meta.dirname, "..", "..", "fixtures", "docker");

/** Reads a recorded answer of an engine. */
export function readFixture(name: string): Promise<string> {
  return readFile(path.join(folder, `${name}.ndjson`), "utf8");
}
