import { randomBytes, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";

/** A build context of one file that no compression shrinks and no cache knows. */
export interface Context {
  readonly folder: string;
  /** The same files as an archive, beside the folder. */
  readonly tarFile: string;
  remove(): Promise<void>;
}

/** Makes a context of this size below a folder. */
export async function makeContext(parent: string, sizeBytes: number): Promise<Context> {
  const folder = path.join(parent, randomUUID());
  const tarFile = `${folder}.tar`;
  const files = {
    Dockerfile: Buffer.from("FROM scratch\nCOPY data /\n"),
    data: randomBytes(sizeBytes),
  };
  await mkdir(folder);
  const archive = pack();
  const written = pipeline(archive, createWriteStream(tarFile));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, name), content);
    archive.entry({ name }, content);
  }
  archive.finalize();
  await written;
  return {
    folder,
    tarFile,
    remove: async () => {
      await rm(folder, { recursive: true });
      await rm(tarFile);
    },
  };
}
