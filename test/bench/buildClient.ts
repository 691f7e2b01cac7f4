import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import type * as adapter from "../../src/docker/dockerEngine.js";
import { BlockMonitor } from "./blockMonitor.js";
import { readPeakMemory } from "./readPeakMemory.js";

/*
 * Builds a folder's Dockerfile once with our client, as a process of its own, and writes what that
 * cost as JSON. The client is the bundled file that is named; `DOCKER_HOST` and `DOCKER_BUILDKIT`
 * choose the engine and its builder.
 */
const [, , bundled = "", context = "."] = process.argv;
const { DockerEngine } = createRequire(import.meta.url)(bundled) as typeof adapter;
const engine = new DockerEngine({
  environment: process.env,
  homeFolder: os.tmpdir(),
  platform: process.platform,
});
const monitor = new BlockMonitor();
const events = engine.build(
  { dockerfile: path.join(context, "Dockerfile"), context, platforms: [] },
  new AbortController().signal,
);
let next = await events.next();
while (next.done !== true) next = await events.next();
const longestBlock = monitor.stop();
console.log(
  JSON.stringify({
    imageId: next.value.imageId,
    memoryMb: readPeakMemory(),
    longestBlock,
  }),
);
