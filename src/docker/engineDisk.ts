import { statfs } from "node:fs/promises";
import os from "node:os";
import type { EngineDisk } from "../core/enginePorts.js";
import type { EngineConnection } from "./engineConnection.js";
import { asRecord, asText } from "./untyped.js";

/**
 * Reads the space where the engine keeps images; undefined where that is another machine's disk.
 *
 * No engine tells its free space, and a socket of this machine may lead to a virtual one: the engine
 * is here when it names this host and this kernel.
 * Source: https://docs.docker.com/reference/api/engine/version/v1.45/#tag/System/operation/SystemInfo
 */
export async function readEngineDisk(
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
