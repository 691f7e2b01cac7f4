/** Looks for the engine named on the command line as a user without rights; prints the failure. */
import { EcrError } from "../../../src/core/errors.js";
import { DockerEngine } from "../../../src/docker/dockerEngine.js";

const environment = { DOCKER_HOST: process.argv[2] };
const engine = new DockerEngine({
  environment,
  homeFolder: "/nonexistent",
  platform: process.platform,
});
if (process.getuid?.() === 0) {
  process.setgroups?.([65534]);
  process.setgid?.(65534);
  process.setuid?.(65534);
}
try {
  await engine.describe(AbortSignal.timeout(30_000));
  console.log("{}");
} catch (error) {
  console.log(JSON.stringify(error instanceof EcrError ? error.failure : String(error)));
}
