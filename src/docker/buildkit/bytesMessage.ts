import { bytes, FieldWriter, readMessage } from "./protoFields.js";

/** Bytes that one message carries at most, as BuildKit's own client sends them. */
const PIECE_BYTES = 32 * 1024;

/**
 * Cuts bytes into `BytesMessage`s, with which BuildKit carries a connection inside a call.
 *
 * Numbers: https://github.com/moby/buildkit/blob/master/session/sshforward/ssh.proto and
 * https://github.com/moby/buildkit/blob/master/api/services/control/control.proto
 */
export function* encodeBytesMessages(data: Uint8Array): Generator<Uint8Array, void, void> {
  for (let at = 0; at < data.length; at += PIECE_BYTES) {
    yield new FieldWriter().bytes(1, data.subarray(at, at + PIECE_BYTES)).finish();
  }
}

/** Yields the bytes that `BytesMessage`s carry; throws for what is no message. */
export async function* decodeBytesMessages(
  messages: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const message of messages) {
    let data: Uint8Array = new Uint8Array(0);
    readMessage(message, { 1: bytes((is) => (data = is)) });
    if (data.length > 0) yield data;
  }
}
