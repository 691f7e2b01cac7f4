import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Duplex } from "node:stream";
import { upgradeConnection } from "../../../../src/docker/engineUpgrade.js";
import { addressOf, patience } from "../engineUnderTest.js";

/** What a proxy does with a connection, by the first line that came on it. */
export interface ProxyRules {
  /** Answers instead of the engine; undefined lets the request through. */
  readonly answer?: (requestLine: string) => string | undefined;
  /** True takes gRPC without an upgrade, as newer engines do. */
  readonly takesGrpc?: boolean;
}

/** An answer of an engine that has no such path. */
export const NOT_FOUND = answerOf("404 Not Found", '{"message":"page not found"}');

/** The answer to a ping of an engine whose newest API is this. */
export function pingAnswer(apiVersion: string): string {
  return answerOf("200 OK", "OK", `Api-Version: ${apiVersion}`);
}

function answerOf(status: string, body: string, ...headers: readonly string[]): string {
  const head = [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${body.length}`];
  return [...head, "Connection: close", "", body].join("\r\n");
}

/** Stands between a test and an engine, to take connections away. */
export class EngineProxy {
  readonly #open = new Map<net.Socket, string>();

  private constructor(
    readonly host: string,
    private readonly server: net.Server,
  ) {}

  static async start(engine: string, rules: ProxyRules = {}): Promise<EngineProxy> {
    const { transport } = addressOf(engine);
    if (transport.kind === "ssh") throw new Error("no proxy for ssh");
    const folder = await mkdtemp(path.join(tmpdir(), "ecr-proxy-"));
    const socket = path.join(folder, "engine.sock");
    const server = net.createServer();
    const proxy = new EngineProxy(`unix://${socket}`, server);
    server.on("connection", (client) => {
      client.on("error", () => client.destroy());
      client.once("data", (first: Buffer) => {
        const line = first.toString("latin1").split("\r\n", 1)[0] ?? "";
        const answer = rules.answer?.(line);
        if (answer !== undefined) {
          client.end(answer);
          return;
        }
        proxy.#open.set(client, line);
        client.on("close", () => proxy.#open.delete(client));
        if (rules.takesGrpc === true && line.startsWith("PRI ")) {
          client.pause();
          upgradeConnection(addressOf(engine), "/grpc", {}, patience).then(
            (upstream) => {
              join(client, first, upstream);
            },
            () => client.destroy(),
          );
          return;
        }
        const upstream =
          transport.kind === "socket"
            ? net.connect(transport.path)
            : net.connect(transport.port, transport.host);
        join(client, first, upstream);
      });
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    onTestFinished(async () => {
      proxy.cut("");
      server.close();
      await rm(folder, { recursive: true, force: true });
    });
    return proxy;
  }

  /** Breaks the connections whose first line has this in it. */
  cut(part: string): void {
    for (const [socket, line] of this.#open) if (line.includes(part)) socket.destroy();
  }

  /** Breaks every connection and takes no more. */
  stop(): void {
    this.server.close();
    this.cut("");
  }
}

function join(client: net.Socket, first: Buffer, upstream: Duplex): void {
  upstream.on("error", () => client.destroy());
  upstream.on("close", () => client.destroy());
  client.on("close", () => upstream.destroy());
  upstream.write(first);
  client.pipe(upstream).pipe(client);
}
