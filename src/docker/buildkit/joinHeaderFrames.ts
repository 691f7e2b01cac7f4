import { Duplex } from "node:stream";

/** Bytes that begin a connection of HTTP/2: https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const PREFACE_BYTES = 24;
const FRAME_HEADER_BYTES = 9;
const HEADERS = 0x1;
const CONTINUATION = 0x9;
const END_HEADERS = 0x4;
const PADDED = 0x8;
/** Bytes of the longest frame that HTTP/2 knows; the settings of the receiver must allow it. */
export const MAX_FRAME_BYTES = 0xff_ff_ff;

/**
 * Joins the frames of long headers that come in on a connection into one frame.
 *
 * BuildKit sends every rule of a `.dockerignore` as a header, cut into frames of 16 KiB, and
 * node:http2 ends a connection whose headers come in more than nine of them.
 * Source: https://www.rfc-editor.org/rfc/rfc9113#section-6.10
 */
export function joinHeaderFrames(connection: Duplex): Duplex {
  const joiner = new FrameJoiner();
  const joined = new Duplex({
    read: () => connection.resume(),
    write: (chunk: Buffer, _encoding, done) => {
      if (connection.write(chunk)) done();
      else connection.once("drain", done);
    },
    final: (done) => connection.end(done),
    destroy: (error, done) => {
      connection.destroy();
      done(error);
    },
  });
  connection.on("data", (chunk: Buffer) => {
    try {
      for (const part of joiner.push(chunk)) if (!joined.push(part)) connection.pause();
    } catch (error) {
      joined.destroy(error instanceof Error ? error : undefined);
    }
  });
  connection.on("end", () => joined.push(null));
  connection.on("error", (error) => joined.destroy(error));
  connection.on("close", () => joined.destroy());
  return joined;
}

/** Frames that one block of headers may come in: a peer cuts it at 16 KiB or later. */
const MAX_FRAMES = 4096;

class FrameJoiner {
  /** What has come of a frame that is not whole. */
  readonly #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** How much of a frame must be there before it is looked at. */
  #wanted = FRAME_HEADER_BYTES;
  #toSkip = PREFACE_BYTES;
  #open: { readonly header: Buffer; readonly parts: Buffer[]; bytes: number } | undefined;

  *push(chunk: Buffer): Generator<Buffer, void, void> {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#toSkip === 0 && this.#pendingBytes < this.#wanted) return;
    let data = Buffer.concat(this.#pending.splice(0));
    for (;;) {
      if (this.#toSkip > 0) {
        const passed = data.subarray(0, this.#toSkip);
        this.#toSkip -= passed.length;
        data = data.subarray(passed.length);
        if (passed.length > 0) yield passed;
      }
      this.#wanted = FRAME_HEADER_BYTES;
      if (data.length < FRAME_HEADER_BYTES) break;
      const type = data[3] ?? 0;
      const length = FRAME_HEADER_BYTES + data.readUIntBE(0, 3);
      if (type !== HEADERS && type !== CONTINUATION) {
        this.#toSkip = length;
        continue;
      }
      this.#wanted = length;
      if (data.length < length) break;
      yield* this.#take(data.subarray(0, length));
      data = data.subarray(length);
    }
    this.#pendingBytes = data.length;
    if (data.length > 0) this.#pending.push(Buffer.from(data));
  }

  *#take(frame: Buffer): Generator<Buffer, void, void> {
    const flags = frame[4] ?? 0;
    const isEnd = (flags & END_HEADERS) !== 0;
    const begins = frame[3] === HEADERS && !isEnd && (flags & PADDED) === 0;
    const body = Buffer.from(frame.subarray(FRAME_HEADER_BYTES));
    if (begins) {
      const header = Buffer.from(frame.subarray(0, FRAME_HEADER_BYTES));
      this.#open = { header, parts: [body], bytes: body.length };
      return;
    }
    if (!this.#open || frame[3] !== CONTINUATION) {
      yield frame;
      return;
    }
    const { header, parts } = this.#open;
    parts.push(body);
    const bytes = (this.#open.bytes += body.length);
    if (bytes > MAX_FRAME_BYTES) throw new Error("headers are longer than a frame can be");
    if (parts.length > MAX_FRAMES) throw new Error("headers come in too many frames");
    if (!isEnd) return;
    this.#open = undefined;
    header.writeUIntBE(bytes, 0, 3);
    header[4] = (header[4] ?? 0) | END_HEADERS;
    yield Buffer.concat([header, ...parts]);
  }
}
