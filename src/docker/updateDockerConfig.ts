import { randomUUID } from "node:crypto";
import { chmod, mkdir, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type DockerConfig, isMissing, readDockerConfig } from "./dockerConfig.js";

/** A lock that is older than this was left behind by a process that ended in between. */
const STALE_LOCK_MS = 10_000;
/** How often a locked or changing file is looked at before giving up. */
const MAX_TRIES = 400;
const RETRY_MS = 50;

/**
 * Changes a config file: reads it, and puts a new one in its place at once.
 *
 * What `change` leaves alone stays, with the indent, the permissions and the link that the file has;
 * a new file is for its owner only. Our own windows wait for each other; when the docker command
 * writes meanwhile, its file is read anew. Fails with `docker-config-invalid`, and then, or when
 * `change` returns undefined, nothing is written.
 */
export async function updateDockerConfig(
  file: string,
  change: (config: DockerConfig) => DockerConfig | undefined,
): Promise<void> {
  const target = await findTarget(file);
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const lock = `${target}.ecr-lock`;
  await takeLock(lock);
  try {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (await tryUpdate(target, change)) return;
    }
    throw new Error(`${target} changes all the time`);
  } finally {
    await rm(lock, { force: true });
  }
}

/** Writes the changed file unless it changed meanwhile; false means that it has to be read anew. */
async function tryUpdate(
  target: string,
  change: (config: DockerConfig) => DockerConfig | undefined,
): Promise<boolean> {
  const before = await stampOf(target);
  const { text, config } = await readDockerConfig(target);
  const changed = change(config);
  if (!changed) return true;
  const draft = `${target}.${randomUUID()}`;
  try {
    const handle = await open(draft, "wx", before?.mode ?? 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(changed, null, indentOf(text))}${endOf(text)}`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The mask of the process may have taken permissions away that the file had.
    if (before) await chmod(draft, before.mode);
    if ((await stampOf(target))?.stamp !== before?.stamp) return false;
    await rename(draft, target);
    return true;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The file that a link leads to, be it there or not: replacing the link itself would cut it. */
async function findTarget(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const link = await readlink(file).catch(() => undefined);
  return link === undefined ? file : path.resolve(path.dirname(file), link);
}

interface FileStamp {
  readonly stamp: string;
  readonly mode: number;
}

async function stampOf(file: string): Promise<FileStamp | undefined> {
  try {
    const { ino, size, mtimeNs, mode } = await stat(file, { bigint: true });
    return { stamp: `${ino} ${size} ${mtimeNs}`, mode: Number(mode) & 0o777 };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function takeLock(lock: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await (await open(lock, "wx", 0o600)).close();
      return;
    } catch (error) {
      const isTaken = error instanceof Error && "code" in error && error.code === "EEXIST";
      if (!isTaken || tries >= MAX_TRIES) throw error;
    }
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_LOCK_MS) await rm(lock, { force: true });
    else await sleep(RETRY_MS);
  }
}

/** The docker command indents with a tab, people with what they like. */
function indentOf(text: string): string {
  return /^\s*\{\r?\n([\t ]+)/.exec(text)?.[1] ?? "\t";
}

function endOf(text: string): string {
  return text.endsWith("\n") ? "\n" : "";
}
