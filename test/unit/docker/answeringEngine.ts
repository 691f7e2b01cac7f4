import { mkdtemp, rm } from "node:fs/promises";
import http, { type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { EngineConnection } from "../../../src/docker/engineConnection.js";

/** What the engine below answers to everything. */
export interface Answer {
  readonly status?: number;
  readonly body: string;
  /** True destroys the connection after the body, before the answer has ended. */
  readonly breakOff?: boolean;
  /** True leaves the answer open after the body. */
  readonly hold?: boolean;
}

/** An engine that gives one answer, over a real socket. */
export interface AnsweringEngine {
  readonly connection: EngineConnection;
  readonly socket: string;
  readonly requests: readonly { readonly url: string; readonly headers: IncomingHttpHeaders }[];
  /** Resolves when a client leaves before its answer ended. */
  readonly clientGone: Promise<void>;
}

/** Starts an engine that gives this answer until the test ends. */
export async function startEngine(answer: Answer): Promise<AnsweringEngine> {
  const folder = await mkdtemp(path.join(tmpdir(), "ecr-engine-"));
  const socket = path.join(folder, "docker.sock");
  const requests: { url: string; headers: IncomingHttpHeaders }[] = [];
  let leave: () => void = () => undefined;
  const clientGone = new Promise<void>((resolve) => (leave = resolve));
  const server = http.createServer((request, response) => {
    requests.push({ url: request.url ?? "", headers: request.headers });
    request.resume();
    response.on("close", () => {
      if (!response.writableFinished) leave();
    });
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" });
    response.write(answer.body || "\n", () => {
      if (answer.breakOff) response.destroy();
      else if (!answer.hold) response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const endpoint = `unix://${socket}`;
  const address = {
    endpoint,
    chosenBy: "test",
    transport: { kind: "socket", path: socket },
  } as const;
  return { connection: new EngineConnection(address), socket, requests, clientGone };
}
