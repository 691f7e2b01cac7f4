import { statfs } from "node:fs/promises";
import os from "node:os";
import type { EngineDetails, EngineDisk } from "../core/enginePorts.js";
import { findBuildKitRefusal } from "./checkBuilder.js";
import { reasonAgainstBuildKit } from "./engineBuilders.js";
import type { EngineConnection } from "./engineConnection.js";
import { openBuildKit } from "./openBuildKit.js";
import { asRecord, asText } from "./untyped.js";

/** Looks whether builds get BuildKit, and at the disk where the engine keeps images. */
export async function inspectEngine(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<EngineDetails> {
  const [against, disk] = await Promise.all([
    findReason(connection, environment, signal),
    readDisk(connection, signal),
  ]);
  return { reasonAgainstBuildKit: against, disk };
}

async function findReason(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string | undefined> {
  const against = await reasonAgainstBuildKit(connection, environment, signal);
  if (against !== undefined) return against;
  const buildkit = await openBuildKit(connection, () => undefined, signal);
  try {
    return buildkit.control ? undefined : await findBuildKitRefusal(buildkit, signal);
  } finally {
    buildkit.close();
  }
}

/**
 * Reads the space where the engine keeps images; undefined where that is another machine's disk.
 *
 * No engine tells its free space, and a socket of this machine may lead to a virtual one: the engine
 * is here when it names this host and this kernel.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.45/#tag/System/operation/SystemInfo
 */
async function readDisk(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<EngineDisk | undefined> {
  const { json } = await connection.fetchJson({ method: "GET", path: "/info" }, signal);
  const fields = asRecord(json);
  const path = asText(fields?.["DockerRootDir"]);
  const isHere =
    asText(fields?.["Name"]) === os.hostname() &&
    asText(fields?.["KernelVersion"]) === os.release();
  if (path === undefined || !isHere) return undefined;
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return { path, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    // A folder that can't be seen from here is none that something is known about.
    return undefined;
  }
}
