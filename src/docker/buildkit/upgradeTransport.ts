import type { EngineAddress } from "../engineAddress.js";
import { upgradeConnection } from "../engineUpgrade.js";
import type { BuildKitTransport } from "./buildkitTransport.js";

/** Reaches the BuildKit inside a Docker Engine through the engine's own API. */
export function upgradeTransport(address: EngineAddress): BuildKitTransport {
  return {
    openControl: (signal) => upgradeConnection(address, "/grpc", {}, signal),
    openSession: (headers, signal) => upgradeConnection(address, "/session", headers, signal),
  };
}
