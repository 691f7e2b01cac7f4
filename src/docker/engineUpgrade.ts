import http, { type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { cancellation } from "../core/errors.js";
import type { EngineAddress } from "./engineAddress.js";
import { failureMessage } from "./engineConnection.js";
import { SshAgent } from "./sshAgent.js";

/** An engine that answered a request to upgrade its connection with something else. */
export class UpgradeRefused extends Error {
  override readonly name = "UpgradeRefused";

  constructor(
    readonly path: string,
    /** The HTTP status; 404 where the engine has no such way in. */
    readonly status: number,
    message: string,
  ) {
    super(`${path} answered ${status}: ${message}`);
  }
}

/**
 * Asks an engine to turn a connection of its own into HTTP/2, and returns the bare connection.
 *
 * Fails with `UpgradeRefused` when the engine answers in HTTP/1.1 instead.
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Session
 */
export function upgradeConnection(
  { transport }: EngineAddress,
  path: string,
  headers: OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancellation());
      return;
    }
    const asked = { ...headers, Connection: "Upgrade", Upgrade: "h2c" };
    const request = openRequest(transport, { method: "POST", path, headers: asked, signal });
    request.on("upgrade", (_response, connection, head) => {
      // The engine's first words may come together with its consent.
      if (head.length > 0) connection.unshift(head);
      resolve(connection);
    });
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      text(response).then((body) => {
        reject(new UpgradeRefused(path, status, failureMessage(body)));
      }, reject);
    });
    request.on("error", (error) => {
      reject(signal.aborted ? cancellation() : error);
    });
    request.end();
  });
}

function openRequest(
  transport: EngineAddress["transport"],
  options: http.RequestOptions,
): http.ClientRequest {
  switch (transport.kind) {
    case "socket":
      return http.request({ ...options, socketPath: transport.path, agent: false });
    case "tcp": {
      const { host, port, tls } = transport;
      if (!tls) return http.request({ ...options, host, port, agent: false });
      const { verify: rejectUnauthorized, ...files } = tls;
      return https.request({ ...options, host, port, agent: false, rejectUnauthorized, ...files });
    }
    case "ssh":
      return http.request({ ...options, host: "docker", agent: new SshAgent(transport) });
  }
}
