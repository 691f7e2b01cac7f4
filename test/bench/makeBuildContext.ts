import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** How large a context is, without what is ignored. */
export interface ContextSize {
  readonly smallFiles: number;
  readonly largeFiles: number;
  /** Bytes of each large file. */
  readonly largeBytes: number;
  /** True when the same amount again lies in a folder that is ignored. */
  readonly hasIgnoredHalf: boolean;
}

const FILES_PER_FOLDER = 100;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Makes a context as of a data scientist's project: many small files of 0 to 8 kB, which compress,
 * and large ones, half of whose bytes don't. `.dockerignore` leaves the folder `ignored` out.
 */
export async function makeBuildContext(folder: string, size: ContextSize): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "Dockerfile"), "FROM scratch\nWORKDIR /app\nCOPY . /app\n");
  await writeFile(path.join(folder, ".dockerignore"), "ignored\n**/*.log\n");
  for (const part of size.hasIgnoredHalf ? ["kept", "ignored"] : ["kept"]) {
    await writeSmallFiles(path.join(folder, part, "src"), size.smallFiles);
    await writeLargeFiles(path.join(folder, part, "data"), size);
  }
}

async function writeSmallFiles(folder: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const parent = path.join(folder, String(Math.floor(index / FILES_PER_FOLDER)));
    if (index % FILES_PER_FOLDER === 0) await mkdir(parent, { recursive: true });
    const line = `file ${index}\n`;
    const text = line.repeat(((index * 7919) % 8000) / line.length);
    // Node's threads would take several times as long.
    writeFileSync(path.join(parent, `${index}.txt`), text);
  }
}

async function writeLargeFiles(
  folder: string,
  { largeFiles, largeBytes }: ContextSize,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < largeFiles; index++) {
    const chunks = Array.from({ length: largeBytes / CHUNK_BYTES }, (_, chunk) =>
      chunk % 2 === 0 ? randomBytes(CHUNK_BYTES) : Buffer.alloc(CHUNK_BYTES, `${index} ${chunk} `),
    );
    await writeFile(path.join(folder, `${index}.bin`), Buffer.concat(chunks));
  }
}
