import { EcrError } from "../core/errors.js";
import type { BuildEvent, BuildRequest, BuiltImage } from "../core/enginePorts.js";
import type { PushTarget } from "../core/push/pushTarget.js";
import { prepareBuild } from "./buildContext.js";
import { checkClassicBuild, checkFrontend, checkRequestBuild } from "./builderLacks.js";
import { findBuiltImage } from "./builtImage.js";
import { requestDriver, solveDriver } from "./buildkit/buildDriver.js";
import { buildImage } from "./buildkit/imageBuild.js";
import { checkSshAgents } from "./buildkit/sshAgentSocket.js";
import { buildClassic } from "./classicBuild.js";
import { withDefaultLabels, withRevisionOnly } from "./defaultLabels.js";
import { findDockerLogin } from "./dockerLogins.js";
import type { EngineConnection } from "./engineConnection.js";
import { UpgradeRefused } from "./engineUpgrade.js";
import {
  findApiVersion,
  hasNoBridge,
  isAnswering,
  isPodman,
  reasonAgainstBuildKit,
} from "./engineBuilders.js";
import { openBuildKit } from "./openBuildKit.js";
import type { FindUserLogin } from "./registryLogins.js";

/** What a build may know of the machine. */
export interface BuildMachine {
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** Receives lines for the log; never a secret. */
  readonly log?: (line: string) => void;
}

/**
 * Builds with the best builder that the engine has, and says which one and why.
 *
 * That is BuildKit over gRPC, else BuildKit behind `POST /build`, else the classic builder, which
 * gets the whole context as an archive.
 */
export async function* buildDockerfile(
  connection: EngineConnection,
  request: BuildRequest,
  machine: BuildMachine,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, BuiltImage, void> {
  const { platform, environment, homeFolder, log = (): void => undefined } = machine;
  const reason =
    (await reasonAgainstBuildKit(connection, environment, signal)) ??
    (yield* tryBuildKit(connection, request, machine, signal));
  if (typeof reason !== "string") return reason;
  yield { type: "log", text: `building with the classic builder: ${reason}` };
  checkClassicBuild(request, reason);
  const findUserLogin: FindUserLogin = (host) => findDockerLogin(host, environment, homeFolder);
  const labelled = (await isPodman(connection, signal)) ? withRevisionOnly(request) : request;
  return yield* buildClassic(connection, labelled, { platform, findUserLogin, log }, signal);
}

/**
 * Builds with BuildKit, and pushes what it makes where a `target` is given; returns why not where
 * the engine offers no session for it.
 */
export async function* tryBuildKit(
  connection: EngineConnection,
  request: BuildRequest,
  { environment, homeFolder, platform, log = (): void => undefined }: BuildMachine,
  signal: AbortSignal,
  target?: PushTarget,
): AsyncGenerator<BuildEvent, BuiltImage | string, void> {
  const prepared = await prepareBuild(request, platform);
  const { ssh = {} } = request.options ?? {};
  const sshAgents = await checkSshAgents(ssh, environment, platform, signal);
  const buildkit = await openBuildKit(connection, log, signal);
  try {
    const labelled = withDefaultLabels(request, prepared.instructions);
    const asked = await withNetwork(connection, labelled, signal);
    const { control, way } = buildkit;
    const { options = {} } = asked;
    if (!control) {
      // Only a solve over gRPC takes an exporter or several platforms.
      if (target) return way;
      checkRequestBuild(asked, way);
    }
    const apiVersion = options.contexts && (await findApiVersion(connection, signal));
    checkFrontend(options, prepared.hasOwnFrontend, apiVersion);
    const driver = control
      ? solveDriver(control, asked, log, target)
      : requestDriver(connection, asked);
    yield { type: "log", text: `building with BuildKit over ${way}` };
    const findUserLogin: FindUserLogin = (host) => findDockerLogin(host, environment, homeFolder);
    const parts = { prepared, buildkit, driver, findUserLogin, sshAgents, platform, log };
    const answering = (): Promise<boolean> => isAnswering(connection, signal);
    const build = { request: asked, isAnswering: answering, ...parts };
    const imageId = yield* buildImage(build, signal);
    const fail = (message: string): EcrError => {
      const { dockerfile } = request;
      return new EcrError({
        kind: "build-failed",
        dockerfile,
        line: undefined,
        step: undefined,
        message,
      });
    };
    return await findBuiltImage(connection, request, imageId, fail, signal);
  } catch (error) {
    if (error instanceof UpgradeRefused) return error.message;
    throw error;
  } finally {
    buildkit.close();
  }
}

/** BuildKit fails on an engine without a bridge, where the classic builder goes without network. */
async function withNetwork(
  connection: EngineConnection,
  request: BuildRequest,
  signal: AbortSignal,
): Promise<BuildRequest> {
  if (request.options?.network || !(await hasNoBridge(connection, signal))) return request;
  return { ...request, options: { ...request.options, network: "none" } };
}
