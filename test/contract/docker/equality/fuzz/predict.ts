import { parseDockerignore } from "../../../../../src/docker/dockerignore.js";
import { PacedDisk } from "../../../../../src/docker/buildkit/fileSyncDisk.js";
import { readFilter } from "../../../../../src/docker/buildkit/fileSyncFilter.js";
import { walkForSync } from "../../../../../src/docker/buildkit/syncWalk.js";
import { walkContext } from "../../../../../src/docker/walkContext.js";

const platform = process.platform;

/** Lists what our file sync would send of a folder, by its ignore rules; folders end with `/`. */
export async function predictSync(
  root: string,
  text: string,
  signal: AbortSignal,
): Promise<string[]> {
  const { rules } = parseDockerignore(text, platform);
  const patterns = rules.map(({ includes, pattern }) => (includes ? `!${pattern}` : pattern));
  const metadata = {
    values: (name: string): readonly string[] => (name === "exclude-patterns" ? patterns : []),
  };
  const filter = await readFilter(metadata, root, platform);
  const sent: string[] = [];
  for await (const batch of walkForSync({ root, platform, ...filter }, new PacedDisk(), signal)) {
    for (const { path, mode } of batch) sent.push(mode >= FOLDER ? `${path}/` : path);
  }
  return sent.sort();
}

/** Go's bit for folders: https://pkg.go.dev/io/fs#FileMode */
const FOLDER = 2 ** 31;

/** Lists what our archive for the classic builder would hold; folders end with `/`. */
export async function predictArchive(
  root: string,
  text: string,
  signal: AbortSignal,
): Promise<string[]> {
  const rules = parseDockerignore(text, platform);
  const walk = { root, rules, reinclusion: "literal", platform } as const;
  const packed: string[] = [];
  for await (const { path, type } of walkContext(walk, signal)) {
    packed.push(type === "directory" ? `${path}/` : path);
  }
  return packed.sort();
}
