import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { BlobUploads } from "./blobUploads.js";
import { sendContent } from "./blobs.js";
import type { Context } from "./context.js";
import { answerControl } from "./controlEndpoint.js";
import { answerControlPlane } from "./controlPlane.js";
import { answerDataPlane } from "./dataPlane.js";
import { Faults } from "./faults.js";
import { tryParseLayerUrl } from "./layerUrls.js";
import { RequestLog } from "./requestLog.js";
import { Store } from "./store.js";
import { Tokens } from "./tokens.js";

const controlPrefix = "/_control/";

/** What a local ECR is started with. */
export interface LocalEcrOptions {
  /** The folder for its data, created when missing; what is there is served again. */
  readonly dataDir: string;
  /** The port on 127.0.0.1; by default any free one. */
  readonly port?: number;
  /** How long registry tokens live; ECR's 12 hours by default. */
  readonly tokenLifeSeconds?: number;
  /** The bytes of a token that say nothing; 900 by default, which makes tokens of 2 kB. */
  readonly tokenKeyBytes?: number;
}

/** A local ECR that listens. */
export interface LocalEcr {
  /** `http://127.0.0.1:PORT`, the endpoint for the AWS SDK. */
  readonly origin: string;
  /** `127.0.0.1:PORT`, the start of image references. */
  readonly host: string;
  /** Ends every connection and stops listening; the data stays. */
  close(): Promise<void>;
}

/**
 * Starts an ECR on this machine: the AWS API and the registry protocol on one port.
 *
 * @throws Error when the port is taken or the folder can't be written.
 */
export async function startLocalEcr(options: LocalEcrOptions): Promise<LocalEcr> {
  const store = new Store(options.dataDir);
  const faults = new Faults();
  const uploads = new BlobUploads({ store, faults });
  const tokens = new Tokens(options.tokenLifeSeconds ?? 12 * 3600, options.tokenKeyBytes);
  const log = new RequestLog();
  const server = createServer();
  // A layer at a slow rate takes longer than the five minutes that Node gives a request.
  server.requestTimeout = 0;
  const host = `127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const origin = `http://${host}`;
  const context: Context = { store, tokens, faults, log, origin, host };
  server.on("request", (request, response) => {
    void answer(context, uploads, request, response).catch((error: unknown) => {
      failRequest(response, error);
    });
  });
  return { origin, host, close: () => close(server) };
}

async function answer(
  context: Context,
  uploads: BlobUploads,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", context.origin);
  if (url.pathname.startsWith(controlPrefix)) {
    return answerControl(context, request, response, url.pathname.slice(controlPrefix.length));
  }
  if (context.faults.isOffline) {
    request.destroy();
    return;
  }
  const logged = context.log.add(request, url);
  response.on("close", () => {
    context.log.end();
    if (response.headersSent) logged.status = response.statusCode;
  });
  if (context.faults.latencyMs > 0) await delay(context.faults.latencyMs);
  if (/^\/v2(\/|$)/.test(url.pathname)) {
    return answerDataPlane(context, uploads, request, response, url, logged);
  }
  const layer = tryParseLayerUrl(context, url);
  if (layer !== undefined) {
    const { method = "GET", headers } = request;
    return sendContent(context, response, layer, method, headers.range);
  }
  if (request.method === "POST" && url.pathname === "/") {
    return answerControlPlane(context, request, response, logged);
  }
  response.writeHead(url.pathname.startsWith("/_layers/") ? 403 : 404).end();
}

/** Tells the client, and the person at the terminal, of what nobody foresaw. */
function failRequest(response: ServerResponse, error: unknown): void {
  const clientLeft = response.destroyed || response.socket?.destroyed !== false;
  if (clientLeft) return;
  console.error(error);
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(address.port);
      else reject(new Error("The server has no address"));
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
