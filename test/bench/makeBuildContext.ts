import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** How large a context is; the same amount again lies in folders that are ignored. */
export interface ContextSize {
  readonly smallFiles: number;
  readonly largeFiles: number;
  readonly largeBytes: number;
}

const FILES_PER_FOLDER = 100;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Makes a context as of a data scientist's project: many small files of 0 to 8 kB, which compress,
 * and large ones, half of whose bytes don't. `.dockerignore` leaves the half in `ignored` out.
 */
export async function makeBuildContext(folder: string, size: ContextSize): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "Dockerfile"), "FROM scratch\nWORKDIR /app\nCOPY . /app\n");
  await writeFile(path.join(folder, ".dockerignore"), "ignored\n**/*.log\n");
  for (const part of ["kept", "ignored"]) {
    for (let index = 0; index < size.smallFiles; index++) {
      const parent = path.join(folder, part, "src", String(Math.floor(index / FILES_PER_FOLDER)));
      if (index % FILES_PER_FOLDER === 0) await mkdir(parent, { recursive: true });
      const line = `file ${index}\n`;
      const text = line.repeat(((index * 7919) % 8000) / line.length);
      await writeFile(path.join(parent, `${index}.txt`), text);
    }
    await mkdir(path.join(folder, part, "data"), { recursive: true });
    for (let index = 0; index < size.largeFiles; index++) {
      const random = randomBytes(CHUNK_BYTES);
      const chunks = Array.from({ length: size.largeBytes / CHUNK_BYTES }, (_, chunk) =>
        chunk % 2 === 0 ? random : Buffer.alloc(CHUNK_BYTES, `${index} ${chunk} `),
      );
      await writeFile(path.join(folder, part, "data", `${index}.bin`), Buffer.concat(chunks));
    }
  }
}
