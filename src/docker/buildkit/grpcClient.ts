import http2 from "node:http2";
import type { Duplex } from "node:stream";
import { cancellation } from "../../core/errors.js";
import { GrpcError } from "./grpcError.js";
import { encodeFrame, readFrames } from "./grpcFrames.js";
import { GRPC } from "./grpcStatus.js";
import { readTrailers } from "./grpcTrailers.js";

/** Bytes that may be on their way to us on one connection. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Calls gRPC methods over one connection that speaks HTTP/2 from its first byte.
 *
 * A small client of our own: BuildKit's control needs two kinds of call, and the general libraries
 * cost several times the processor time on the same connection.
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
      settings: { initialWindowSize: WINDOW_BYTES, enablePush: false },
    });
    // The calls under way end by themselves; each says what broke them.
    this.#session.on("error", (error: Error) => (this.#failure = error));
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
    if (signal.aborted) throw cancellation();
    const stream = this.#open(path);
    const end: { headers: http2.IncomingHttpHeaders; broken: Error | undefined } = {
      headers: {},
      broken: undefined,
    };
    // A failed call has its status in the first headers when it has no messages.
    for (const event of ["response", "trailers"]) {
      stream.on(event, (headers: http2.IncomingHttpHeaders) => (end.headers = headers));
    }
    stream.on("error", (error: Error) => (end.broken = error));
    const cancel = (): void => {
      stream.close(http2.constants.NGHTTP2_CANCEL);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      stream.end(encodeFrame(message));
      yield* readFrames(stream);
    } catch (error) {
      if (error instanceof GrpcError && !isAborted(signal)) throw error;
      end.broken ??= error instanceof Error ? error : undefined;
    } finally {
      signal.removeEventListener("abort", cancel);
      if (!stream.closed) cancel();
    }
    if (isAborted(signal)) throw cancellation();
    const failure = readTrailers(end.headers);
    if (!failure) return;
    const cause = end.broken ?? this.#failure;
    throw cause && !end.headers["grpc-status"] ? unavailable(cause) : failure;
  }

  /** Ends the connection at once, and with it every call that is under way. */
  close(): void {
    this.#session.destroy();
    this.#connection.destroy();
  }

  #open(path: string): http2.ClientHttp2Stream {
    if (this.#session.destroyed || this.#session.closed) {
      throw unavailable(this.#failure ?? new Error("the connection is closed"));
    }
    const headers = {
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
    };
    return this.#session.request(headers, { endStream: false });
  }
}

function unavailable(cause: Error): GrpcError {
  const error = new GrpcError(GRPC.unavailable, `the connection broke off: ${cause.message}`);
  error.cause = cause;
  return error;
}

/** Asks anew: what the compiler knows of the signal is from before the wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
