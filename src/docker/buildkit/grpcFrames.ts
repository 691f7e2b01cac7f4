import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { cutMessages } from "./messageCutter.js";

/** Bytes before each message: a flag for compression and the length, big-endian. */
const PREFIX_BYTES = 5;

/** What a message may weigh; gRPC's own limit is 4 MB, and a long status comes near it. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/**
 * Puts the prefix of gRPC before a message.
 *
 * Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function encodeFrame(message: Uint8Array): Buffer {
  return encodeFrames([message]);
}

/** Puts the prefix of gRPC before each message, and joins them. */
export function encodeFrames(messages: readonly Uint8Array[]): Buffer {
  const bytes = messages.reduce((sum, { length }) => sum + PREFIX_BYTES + length, 0);
  const frames = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const message of messages) {
    writePrefix(frames, at, message.length);
    frames.set(message, at + PREFIX_BYTES);
    at += PREFIX_BYTES + message.length;
  }
  return frames;
}

/** Returns the prefix of a message that is sent from where it lies. */
export function encodePrefix(messageBytes: number): Buffer {
  const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
  writePrefix(prefix, 0, messageBytes);
  return prefix;
}

function writePrefix(target: Buffer, at: number, messageBytes: number): void {
  target[at] = 0;
  target.writeUInt32BE(messageBytes, at + 1);
}

/**
 * Cuts a stream of bytes into gRPC messages, however the bytes arrive.
 *
 * Fails with a `GrpcError` for a compressed message, which nobody agreed on, for one over
 * `maxBytes`, and for a stream that ends inside a message.
 */
export async function* readFrames(
  source: AsyncIterable<Uint8Array>,
  maxBytes = MAX_MESSAGE_BYTES,
): AsyncGenerator<Uint8Array, void, void> {
  const lengthOf = (head: Buffer): number => PREFIX_BYTES + readLength(head, maxBytes);
  const broken = (): Error => new GrpcError(GRPC.internal, "the stream ended inside a message");
  // A prefix alone is a message too: an empty one.
  for await (const frame of cutMessages(source, PREFIX_BYTES, lengthOf, broken)) {
    yield frame.subarray(PREFIX_BYTES);
  }
}

function readLength(data: Buffer, maxBytes: number): number {
  if (data[0] !== 0) {
    throw new GrpcError(GRPC.unimplemented, "a message is compressed, which was not agreed on");
  }
  const length = data.readUInt32BE(1);
  if (length > maxBytes) {
    throw new GrpcError(
      GRPC.resourceExhausted,
      `a message of ${length} bytes is over the limit of ${maxBytes}`,
    );
  }
  return length;
}
