import type { Duplex } from "node:stream";
import http2 from "node:http2";
import { onTestFinished } from "vitest";
import { GrpcClient } from "../../../../src/docker/buildkit/grpcClient.js";
import { GrpcServer } from "../../../../src/docker/buildkit/grpcServer.js";
import type {
  SessionCall,
  SessionService,
} from "../../../../src/docker/buildkit/sessionService.js";
import { socketPair } from "./socketPair.js";

/** A signal that no test reaches the end of. */
export const patience = AbortSignal.timeout(20_000);

/** Makes a service of one method. */
export function serviceOf(path: string, handle: SessionService["handle"]): SessionService {
  return { methods: [path], handle };
}

/** Joins our client and our server; the log has what the server says. */
export async function connect(services: readonly SessionService[]): Promise<{
  client: GrpcClient;
  server: GrpcServer;
  log: string[];
}> {
  const log: string[] = [];
  const [near, far] = await socketPair();
  const server = new GrpcServer(far, services, (line) => log.push(line));
  const client = new GrpcClient(near);
  onTestFinished(() => {
    client.close();
    server.close();
  });
  return { client, server, log };
}

/** Joins our client and a peer that answers each call as the test says. */
export async function connectPeer(
  answer: (stream: http2.ServerHttp2Stream) => void,
): Promise<{ client: GrpcClient; far: Duplex }> {
  const [near, far] = await socketPair();
  const peer = http2.createServer({ maxSendHeaderBlockLength: 2 ** 26 });
  peer.on("sessionError", () => undefined);
  peer.on("stream", (stream: http2.ServerHttp2Stream) => {
    stream.on("error", () => undefined);
    answer(stream);
  });
  peer.emit("connection", far);
  const client = new GrpcClient(near);
  onTestFinished(() => {
    client.close();
    far.destroy();
  });
  return { client, far };
}

/** A call that a handler gets without any wire; `sent` has what it answers. */
export function callOf(
  path: string,
  messages: readonly Uint8Array[],
): { call: SessionCall; sent: Uint8Array[] } {
  const sent: Uint8Array[] = [];
  const call: SessionCall = {
    path,
    metadata: { values: () => [] },
    messages: stream(messages),
    send: (...all) => {
      sent.push(...all);
      return Promise.resolve();
    },
    signal: patience,
  };
  return { call, sent };
}

async function* stream<T>(items: readonly T[]): AsyncGenerator<T, void, void> {
  for (const item of items) yield await Promise.resolve(item);
}

/** Turns chunks into a stream of bytes. */
export function bytesOf(...chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  return stream(chunks);
}
