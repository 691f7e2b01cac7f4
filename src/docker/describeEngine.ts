import type { EngineDescription } from "../core/enginePorts.js";
import type { EngineConnection } from "./engineConnection.js";
import { findImageStore } from "./imageStore.js";
import { engineFailure } from "./localImages.js";
import { asRecord, asText } from "./untyped.js";

/**
 * Asks an engine what it is: product, version, the platform that it builds by default and where it
 * keeps images.
 *
 * Podman answers the same API and is known by its components:
 * https://docs.podman.io/en/latest/_static/api.html#tag/system-(compat)/operation/SystemVersion
 */
export async function describeEngine(
  connection: EngineConnection,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<EngineDescription> {
  const request = { method: "GET", path: "/version" } as const;
  const { status, json, message } = await connection.fetchJson(request, signal);
  const fields = asRecord(json);
  if (status !== 200 || !fields) throw engineFailure("describe", message);
  const { endpoint, chosenBy } = connection.address;
  return {
    name: productName(fields),
    version: asText(fields["Version"]) ?? "",
    endpoint,
    chosenBy,
    platform: `${asText(fields["Os"]) ?? "linux"}/${asText(fields["Arch"]) ?? "amd64"}`,
    ...(await findImageStore(connection, environment, signal)),
  };
}

function productName(fields: Readonly<Record<string, unknown>>): string {
  const components: unknown = fields["Components"];
  const names = Array.isArray(components)
    ? components.map((component) => asText(asRecord(component)?.["Name"]))
    : [];
  const podman = names.find((name) => name?.startsWith("Podman"));
  return podman ?? (asText(asRecord(fields["Platform"])?.["Name"]) || "Docker Engine");
}
