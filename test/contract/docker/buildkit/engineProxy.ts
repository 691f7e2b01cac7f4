import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { addressOf } from "../engineUnderTest.js";

/** What a proxy does with a connection, by the first line that came on it. */
export interface ProxyRules {
  /** Answers instead of the engine; undefined lets the request through. */
  readonly answer?: (requestLine: string) => string | undefined;
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
        const upstream =
          transport.kind === "socket"
            ? net.connect(transport.path)
            : net.connect(transport.port, transport.host);
        proxy.#open.set(client, line);
        upstream.on("error", () => client.destroy());
        upstream.on("close", () => client.destroy());
        client.on("close", () => {
          proxy.#open.delete(client);
          upstream.destroy();
        });
        upstream.write(first);
        client.pipe(upstream).pipe(client);
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
