import { importBaseImages } from "../machine/baseImages.js";
import { refuseCanary, watchArguments } from "../machine/findCanary.js";
import { outFolder } from "../machine/folders.js";
import {
  NoPrivateEngine,
  startPrivateEngine,
  type PrivateEngine,
} from "../machine/privateEngine.js";

/**
 * Gives the tests an engine: those that `ECR_TEST_DOCKER_HOSTS` names (addresses with commas
 * between), else a private one for this run. Each gets the base image `busybox:local`.
 * Where neither can be had it says why, and the tests that need no engine run all the same.
 * At the end the run fails where a token of the local ECR stands in what was written to `out/`, or
 * was an argument of a program meanwhile.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const named = process.env["ECR_TEST_DOCKER_HOSTS"] ?? "";
  const engine = named === "" ? await tryStart() : undefined;
  const hosts = engine === undefined ? named.split(",").filter(Boolean) : [engine.host];
  for (const host of hosts) {
    await importBaseImages(host).catch((error: unknown) => {
      console.log(`No base image in ${host}: ${String(error)}`);
    });
  }
  process.env["ECR_TEST_DOCKER_HOSTS"] = hosts.join(",");
  const watch = watchArguments();
  return async () => {
    await engine?.stop();
    try {
      await watch.stop();
      await refuseCanary([outFolder]);
    } catch (error) {
      // Vitest itself prints what fails here, and ends well all the same.
      process.exitCode = 1;
      throw error;
    }
  };
}

async function tryStart(): Promise<PrivateEngine | undefined> {
  try {
    return await startPrivateEngine();
  } catch (error) {
    if (!(error instanceof NoPrivateEngine)) throw error;
    console.log(error.message);
    return undefined;
  }
}
