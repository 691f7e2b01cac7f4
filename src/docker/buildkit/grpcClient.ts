import http2, { type OutgoingHttpHeaders } from "node:http2";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { cancellation } from "../../core/errors.js";
import { connectionBroke, GrpcCall } from "./grpcCall.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { MAX_FRAME_BYTES } from "./joinHeaderFrames.js";

/** Bytes that may be on their way to us on one connection. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** How long a peer that lives may take to answer a ping. */
const PING_MS = 3_000;

/** Headers of one answer: as in Go's gRPC, since a failure quotes the Dockerfile in them. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;

/**
 * Calls gRPC methods over one connection that speaks HTTP/2 from its first byte.
 *
 * A small client of our own: BuildKit's control needs three kinds of call, and the general
 * libraries cost several times the processor time on the same connection.
 * Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export class GrpcClient {
  readonly #session: http2.ClientHttp2Session;
  readonly #connection: Duplex;
  #failure: Error | undefined;

  constructor(connection: Duplex) {
    this.#connection = connection;
    this.#session = http2.connect("http://docker", {
      createConnection: () => connection,
      settings: {
        initialWindowSize: WINDOW_BYTES,
        enablePush: false,
        maxHeaderListSize: MAX_HEADER_BYTES,
        maxFrameSize: MAX_FRAME_BYTES,
      },
    });
    // The calls under way end by themselves; each says what broke them.
    this.#session.on("error", (error: Error) => (this.#failure = error));
  }

  /**
   * Waits until the peer has shown that it speaks HTTP/2, and has taken our settings; fails with a
   * `GrpcError` if it doesn't. Calls that are opened before have the limits of node:http2.
   */
  async ready(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    const over = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const gone = (): void => {
        reject(connectionBroke(this.#failure ?? new Error("the connection is closed")));
      };
      const given = (): void => {
        reject(signal.reason as Error);
      };
      session.once("localSettings", () => {
        resolve();
      });
      session.once("close", gone);
      signal.addEventListener("abort", given, { signal: over.signal });
      if (signal.aborted) given();
      else if (session.destroyed) gone();
    }).finally(() => {
      over.abort();
    });
  }

  /** Sends one message and returns the one that answers it. */
  async call(path: string, message: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    let answer: Uint8Array | undefined;
    for await (const received of this.stream(path, message, signal)) answer ??= received;
    if (!answer) throw new GrpcError(GRPC.internal, `${path} ended well without an answer`);
    return answer;
  }

  /**
   * Sends one message and yields those that answer it.
   *
   * Ends with a `GrpcError` unless the status is 0, with an AbortError when `signal` aborts; the
   * peer is then told that the call is cancelled.
   */
  async *stream(
    path: string,
    message: Uint8Array,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, void> {
    const call = this.open(path, {}, signal);
    // How the call ends is told where its messages are read.
    call.send(message).catch(() => undefined);
    call.end();
    yield* call.messages();
  }

  /** Opens a call whose messages go both ways, with headers of its own. */
  open(path: string, headers: OutgoingHttpHeaders, signal: AbortSignal): GrpcCall {
    if (signal.aborted) throw cancellation();
    if (this.#session.destroyed || this.#session.closed) {
      throw connectionBroke(this.#failure ?? new Error("the connection is closed"));
    }
    const all = {
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
      ...headers,
    };
    const stream = this.#session.request(all, { endStream: false });
    return new GrpcCall(stream, signal, () => this.#failure);
  }

  /** Tells whether the peer still answers; a connection may be dead and open. */
  async isAlive(): Promise<boolean> {
    const session = this.#session;
    if (session.destroyed || session.closed) return false;
    const limit = new AbortController();
    const answered = new Promise<boolean>((resolve) => {
      session.ping((error) => {
        resolve(error === null);
      });
    });
    const late = delay(PING_MS, false, { signal: limit.signal }).catch(() => false);
    const alive = await Promise.race([answered, late]);
    limit.abort();
    return alive;
  }

  /** Ends the connection at once, and with it every call that is under way. */
  close(): void {
    this.#session.destroy();
    this.#connection.destroy();
  }
}
