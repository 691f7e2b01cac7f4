import type { OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import { isCancellation } from "../../core/errors.js";
import type { EngineAddress } from "../engineAddress.js";
import { dialEngine } from "../dialEngine.js";
import { UpgradeRefused, upgradeConnection } from "../engineUpgrade.js";
import type { BuildKitConnection } from "./buildkitConnection.js";
import { openControl, openDirectBuildKit } from "./directBuildKit.js";
import type { GrpcClient } from "./grpcClient.js";
import { openSessionTunnel } from "./sessionTunnel.js";

/** The first version of the Engine API that takes HTTP/2 without an upgrade. */
const DIRECT_SINCE = [1, 53] as const;

/** What reaching an engine's BuildKit takes. */
export interface EngineBuildKit {
  readonly address: EngineAddress;
  /** Asks for the newest API that the engine has, such as `1.41`; undefined where it tells none. */
  readonly findApiVersion: () => Promise<string | undefined>;
  readonly log: (line: string) => void;
}

/**
 * Reaches the BuildKit inside a Docker Engine, in the first way that the engine has.
 *
 * That is an upgrade of HTTP/1.1; newer engines may take gRPC without one instead. Where there is
 * neither, the connection has no control, and `openSession` fails with `UpgradeRefused` where
 * there is no session either.
 */
export async function openEngineBuildKit(
  engine: EngineBuildKit,
  signal: AbortSignal,
): Promise<BuildKitConnection> {
  const { address } = engine;
  try {
    const upgraded = await upgradeConnection(address, "/grpc", {}, signal);
    const control = await openControl(upgraded, signal);
    return {
      way: "gRPC",
      control,
      openSession: (headers, ended) => openSession(engine, control, headers, ended),
      close: () => {
        control.close();
      },
    };
  } catch (error) {
    if (!(error instanceof UpgradeRefused)) throw error;
    const direct = await tryDirect(engine, error, signal);
    if (typeof direct !== "string") return direct;
    return {
      way: `POST /build: ${direct}`,
      control: undefined,
      openSession: (headers, ended) => upgradeConnection(address, "/session", headers, ended),
      close: () => undefined,
    };
  }
}

/** A session of its own connection, else one inside the control's. */
async function openSession(
  { address, log }: EngineBuildKit,
  control: GrpcClient,
  headers: OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<Duplex> {
  try {
    return await upgradeConnection(address, "/session", headers, signal);
  } catch (error) {
    if (!(error instanceof UpgradeRefused)) throw error;
    log(`buildkit: the session goes through gRPC: ${error.message}`);
    return openSessionTunnel(control, headers, signal);
  }
}

/** Returns why not where the engine is older, refused for another reason, or takes no HTTP/2. */
async function tryDirect(
  { address, findApiVersion }: EngineBuildKit,
  refused: UpgradeRefused,
  signal: AbortSignal,
): Promise<BuildKitConnection | string> {
  if (refused.status !== 404 || !isDirect(await findApiVersion())) return refused.message;
  try {
    const direct = await openDirectBuildKit(await dialEngine(address, signal), signal);
    return { ...direct, way: `${direct.way}: ${refused.message}` };
  } catch (error) {
    if (isCancellation(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    return `${refused.message}, and no gRPC without an upgrade: ${reason}`;
  }
}

function isDirect(apiVersion = ""): boolean {
  const [major = 0, minor = 0] = apiVersion.split(".").map(Number);
  const [sinceMajor, sinceMinor] = DIRECT_SINCE;
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
