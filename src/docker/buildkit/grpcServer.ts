import http2 from "node:http2";
import type { Duplex } from "node:stream";
import { readMetadata } from "./callMetadata.js";
import { GrpcError } from "./grpcError.js";
import { encodeFrames, encodePrefix, readFrames } from "./grpcFrames.js";
import { GRPC } from "./grpcStatus.js";
import { MAX_FRAME_BYTES } from "./joinHeaderFrames.js";
import { makeTrailers } from "./grpcTrailers.js";
import type { SessionCall, SessionService } from "./sessionService.js";

/** Headers of one call: every rule of a `.dockerignore` is one. */
const MAX_HEADER_PAIRS = 500_000;
const MAX_HEADER_BYTES = 64 * 1024 * 1024;
/** Megabytes that node:http2 may hold for the session; its own 10 end calls with long headers. */
const MAX_SESSION_MB = 256;
const WINDOW_BYTES = 1024 * 1024;

/** The services of a session, as BuildKit reaches them over one connection. */
export class GrpcServer {
  /** Settles when the connection has ended, with the error that broke it, if any. */
  readonly closed: Promise<Error | undefined>;
  readonly #connection: Duplex;
  readonly #services: ReadonlyMap<string, SessionService>;
  readonly #log: (line: string) => void;
  readonly #ended = new AbortController();
  readonly #session: http2.ServerHttp2Session;

  /** Serves at once; `connection` carries HTTP/2 with BuildKit as its client. */
  constructor(
    connection: Duplex,
    services: readonly SessionService[],
    log: (line: string) => void = () => undefined,
  ) {
    this.#connection = connection;
    this.#log = log;
    this.#services = new Map(services.flatMap((s) => s.methods.map((path) => [path, s] as const)));
    this.closed = new Promise((resolve) => {
      let broken: Error | undefined;
      connection.on("error", (error: Error) => (broken = error));
      connection.on("close", () => {
        this.#ended.abort();
        resolve(broken);
      });
    });
    this.#session = this.#serve();
  }

  /** Ends the connection at once; calls under way see their signal abort. */
  close(): void {
    this.#session.destroy();
    this.#connection.destroy();
    this.#ended.abort();
  }

  #serve(): http2.ServerHttp2Session {
    // A server would refuse a TLS connection on which HTTP/1.1 was agreed before the upgrade.
    const session = http2.performServerHandshake(this.#connection, {
      maxHeaderListPairs: MAX_HEADER_PAIRS,
      maxSessionMemory: MAX_SESSION_MB,
      settings: {
        initialWindowSize: WINDOW_BYTES,
        maxFrameSize: MAX_FRAME_BYTES,
        maxHeaderListSize: MAX_HEADER_BYTES,
      },
    });
    session.on("error", (error: Error) => {
      this.#log(`buildkit session: ${error.message}`);
      this.#connection.destroy();
    });
    session.on(
      "stream",
      (stream: http2.ServerHttp2Stream, _headers: object, _flags: number, raw: readonly string[]) =>
        void this.#answer(stream, raw),
    );
    return session;
  }

  async #answer(stream: http2.ServerHttp2Stream, rawHeaders: readonly string[]): Promise<void> {
    const metadata = readMetadata(rawHeaders);
    const path = metadata.values(":path")[0] ?? "";
    const cancelled = new AbortController();
    stream.on("error", (error) => {
      this.#log(`buildkit session: ${path}: ${error.message}`);
    });
    stream.on("close", () => {
      cancelled.abort();
    });
    const service = this.#services.get(path);
    if (!service) {
      this.#log(`buildkit session: ${path} is not offered`);
      refuse(stream, new GrpcError(GRPC.unimplemented, `${path} is not offered`));
      return;
    }
    let outcome: GrpcError | undefined;
    stream.respond({ ":status": 200, ...CONTENT_TYPE }, { waitForTrailers: true });
    stream.on("wantTrailers", () => {
      stream.sendTrailers(makeTrailers(outcome));
    });
    const signal = AbortSignal.any([cancelled.signal, this.#ended.signal]);
    const messages = readFrames(stream.iterator({ destroyOnReturn: false }));
    try {
      await service.handle({ path, metadata, messages, signal, send: sender(stream, signal) });
    } catch (error) {
      outcome = asGrpcError(error);
      if (!signal.aborted) this.#log(`buildkit session: ${path} failed: ${outcome.message}`);
    }
    if (stream.destroyed) return;
    // What BuildKit still sends is read and dropped, or the stream would never end.
    stream.end();
    stream.resume();
  }
}

const CONTENT_TYPE = { "content-type": "application/grpc" };

function refuse(stream: http2.ServerHttp2Stream, error: GrpcError): void {
  const headers = { ":status": 200, ...CONTENT_TYPE, ...makeTrailers(error) };
  stream.respond(headers, { endStream: true });
  stream.resume();
}

/** A message from this size on is sent from where it lies; others are copied behind their prefix. */
const LONG_BYTES = 128 * 1024;

function sender(stream: http2.ServerHttp2Stream, signal: AbortSignal): SessionCall["send"] {
  return (...messages) =>
    new Promise((resolve, reject) => {
      const gone = (): void => {
        reject(new GrpcError(GRPC.cancelled, "the call has ended"));
      };
      if (signal.aborted || stream.destroyed) {
        gone();
        return;
      }
      const settle = (): void => {
        signal.removeEventListener("abort", gone);
        resolve();
      };
      const [first] = messages;
      if (messages.length === 1 && first && first.length >= LONG_BYTES) {
        stream.cork();
        stream.write(encodePrefix(first.length));
        stream.write(first, settle);
        stream.uncork();
      } else if (stream.write(encodeFrames(messages))) {
        resolve();
        return;
      } else {
        stream.once("drain", settle);
      }
      signal.addEventListener("abort", gone, { once: true });
    });
}

function asGrpcError(error: unknown): GrpcError {
  if (error instanceof GrpcError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new GrpcError(GRPC.unknown, message);
}
