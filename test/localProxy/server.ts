import { once } from "node:events";
import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { PrivateCertificate } from "./certificates.js";

/** A proxy of this machine that stands for the hosts of AWS. */
export interface LocalProxy {
  readonly origin: string;
  /** What clients asked to be connected with, in order, such as `api.ecr.eu-west-1.amazonaws.com:443`. */
  readonly connections: readonly string[];
  /** Leads a host to a server of this machine. */
  lead(host: string, origin: string): void;
  close(): Promise<void>;
}

/**
 * Starts an HTTP proxy that takes tunnels only, and ends their TLS itself.
 *
 * Clients reach a host of AWS through it or not at all: nothing else here answers to that name.
 */
export async function startLocalProxy({
  key,
  certificate,
}: PrivateCertificate): Promise<LocalProxy> {
  const connections: string[] = [];
  const origins = new Map<string, string>();
  const sockets = new Set<Socket>();
  const inside = createServer((request, response) => {
    forward(origins.get(request.headers.host ?? ""), request, response);
  });
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    connections.push(request.url ?? "");
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    const tunnel = new TLSSocket(socket, { isServer: true, key, cert: certificate });
    tunnel.on("error", () => tunnel.destroy());
    inside.emit("connection", tunnel);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    connections,
    lead(host, origin) {
      origins.set(host, origin);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function forward(
  origin: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (origin === undefined) {
    response.writeHead(502).end();
    return;
  }
  const { method, headers, url = "/" } = request;
  const onward = send(new URL(url, origin), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}
