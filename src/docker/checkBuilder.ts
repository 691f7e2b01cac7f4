import { randomUUID } from "node:crypto";
import type { BuildRequest } from "../core/enginePorts.js";
import {
  checkClassicBuild,
  checkClassicStore,
  checkFrontend,
  checkRequestBuild,
  needsContainerd,
} from "./builderLacks.js";
import { prepareBuild } from "./buildContext.js";
import type { BuildMachine } from "./buildDockerfile.js";
import type { BuildKitConnection } from "./buildkit/buildkitConnection.js";
import { checkSshAgents } from "./buildkit/sshAgentSocket.js";
import { findApiVersion, reasonAgainstBuildKit } from "./engineBuilders.js";
import type { EngineConnection } from "./engineConnection.js";
import { UpgradeRefused } from "./engineUpgrade.js";
import { readImageStore } from "./imageStore.js";
import { openBuildKit } from "./openBuildKit.js";

/**
 * Holds what a build asks for against the builder that this engine would take, and changes nothing.
 *
 * Fails with `builder-lacks`, `platforms-unsupported` and `ssh-agent-unavailable`.
 */
export async function checkBuilder(
  connection: EngineConnection,
  request: BuildRequest,
  { environment, platform, log = (): void => undefined }: BuildMachine,
  signal: AbortSignal,
): Promise<void> {
  const { options = {} } = request;
  const against = await reasonAgainstBuildKit(connection, environment, signal);
  if (against !== undefined) {
    checkClassicBuild(request, against);
    return;
  }
  const buildkit = await openBuildKit(connection, log, signal);
  try {
    if (!buildkit.control) {
      const refused = await findBuildKitRefusal(buildkit, signal);
      if (refused !== undefined) checkClassicBuild(request, refused);
      checkRequestBuild(request, buildkit.way);
    }
  } finally {
    buildkit.close();
  }
  if (needsContainerd(options)) {
    if ((await readImageStore(connection, signal)).store === "classic") checkClassicStore(options);
  }
  if (options.contexts) {
    const { hasOwnFrontend } = await prepareBuild(request, platform);
    checkFrontend(options, hasOwnFrontend, await findApiVersion(connection, signal));
  }
  await checkSshAgents(options.ssh ?? {}, environment, platform, signal);
}

/** Opens a session that offers nothing, and ends it; returns why the engine has none. */
export async function findBuildKitRefusal(
  buildkit: BuildKitConnection,
  signal: AbortSignal,
): Promise<string | undefined> {
  const headers = { "X-Docker-Expose-Session-Uuid": randomUUID() };
  try {
    (await buildkit.openSession(headers, signal)).destroy();
    return undefined;
  } catch (error) {
    if (error instanceof UpgradeRefused) return error.message;
    throw error;
  }
}
