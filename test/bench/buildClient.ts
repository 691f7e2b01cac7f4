import { monitorEventLoopDelay } from "node:perf_hooks";
import os from "node:os";
import path from "node:path";
import { DockerEngine } from "../../src/docker/dockerEngine.js";

/*
 * Builds a folder's Dockerfile once with our client, as a process of its own, and writes what that
 * cost as JSON. `DOCKER_HOST` and `DOCKER_BUILDKIT` choose the engine and its builder.
 */
const [, , context = "."] = process.argv;
const engine = new DockerEngine({
  environment: process.env,
  homeFolder: os.tmpdir(),
  platform: process.platform,
});
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const events = engine.build(
  { dockerfile: path.join(context, "Dockerfile"), context, platforms: [] },
  new AbortController().signal,
);
let next = await events.next();
while (next.done !== true) next = await events.next();
delay.disable();
const { maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({
    imageId: next.value.imageId,
    memoryBytes: maxRSS * 1024,
    longestBlockMs: delay.max / 1e6,
  }),
);
