import http2 from "node:http2";
import { cancellation } from "../../core/errors.js";
import { GrpcError } from "./grpcError.js";
import { encodeFrame, readFrames } from "./grpcFrames.js";
import { GRPC } from "./grpcStatus.js";
import { readTrailers } from "./grpcTrailers.js";

/**
 * One call over a client's connection, whose messages go both ways.
 *
 * An abort, or leaving the loop over the messages, tells the peer that the call is cancelled.
 */
export class GrpcCall {
  readonly #stream: http2.ClientHttp2Stream;
  readonly #signal: AbortSignal;
  readonly #connectionFailure: () => Error | undefined;
  #headers: http2.IncomingHttpHeaders = {};
  #broken: Error | undefined;

  /** `connectionFailure` tells what broke the connection, if something did. */
  constructor(
    stream: http2.ClientHttp2Stream,
    signal: AbortSignal,
    connectionFailure: () => Error | undefined,
  ) {
    this.#stream = stream;
    this.#signal = signal;
    this.#connectionFailure = connectionFailure;
    // A failed call has its status in the first headers when it has no messages.
    for (const event of ["response", "trailers"]) {
      stream.on(event, (headers: http2.IncomingHttpHeaders) => (this.#headers = headers));
    }
    stream.on("error", (error: Error) => (this.#broken = error));
    const cancel = (): void => {
      this.cancel();
    };
    signal.addEventListener("abort", cancel, { once: true });
    stream.on("close", () => {
      signal.removeEventListener("abort", cancel);
    });
  }

  /** Sends one message; waits until the peer has room again, and fails once the call has ended. */
  async send(message: Uint8Array): Promise<void> {
    const stream = this.#stream;
    if (stream.destroyed || stream.closed) throw this.#ended();
    if (stream.write(encodeFrame(message))) return;
    await new Promise<void>((resolve, reject) => {
      const settle = (): void => {
        stream.off("drain", settle);
        stream.off("close", settle);
        if (stream.destroyed) reject(this.#ended());
        else resolve();
      };
      stream.on("drain", settle);
      stream.on("close", settle);
    });
  }

  /** Says that no more messages follow. */
  end(): void {
    this.#stream.end();
  }

  /** Gives the call up, unless it has ended. */
  cancel(): void {
    if (!this.#stream.closed) this.#stream.close(http2.constants.NGHTTP2_CANCEL);
    // A stream whose headers were too long counts as closed, and would be waited for forever.
    this.#stream.destroy();
  }

  /**
   * Yields the messages of the peer; one reader only.
   *
   * Ends with a `GrpcError` unless the status is 0, with an AbortError when the signal aborts.
   */
  async *messages(): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* readFrames(this.#stream);
    } catch (error) {
      if (error instanceof GrpcError && !this.#signal.aborted) throw error;
      this.#broken ??= error instanceof Error ? error : undefined;
    } finally {
      this.cancel();
    }
    if (this.#signal.aborted) throw cancellation();
    const failure = readTrailers(this.#headers);
    if (!failure) return;
    const cause = this.#broken ?? this.#connectionFailure();
    throw cause && !this.#headers["grpc-status"] ? connectionBroke(cause) : failure;
  }

  #ended(): Error {
    return this.#signal.aborted
      ? cancellation()
      : connectionBroke(this.#broken ?? new Error("the call has ended"));
  }
}

/** Returns the failure of a call whose connection is gone. */
export function connectionBroke(cause: Error): GrpcError {
  const error = new GrpcError(GRPC.unavailable, `the connection broke off: ${cause.message}`);
  error.cause = cause;
  return error;
}
