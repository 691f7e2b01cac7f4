import { cancellation, EcrError } from "../core/errors.js";
import { asNumber, asRecord, asText } from "./untyped.js";

/** One message of a build, pull or push: https://docs.docker.com/reference/api/engine/ */
export interface EngineMessage {
  /** A piece of build output; it may be part of a line, or several. */
  readonly stream: string | undefined;
  readonly status: string | undefined;
  /** The layer that the status speaks of. */
  readonly id: string | undefined;
  /** Bytes done so far. */
  readonly current: number | undefined;
  /** Bytes in all, where the engine knows. */
  readonly total: number | undefined;
  /** Machine-readable results, such as the image's id. */
  readonly aux: Readonly<Record<string, unknown>> | undefined;
  /** The same place where it holds bytes, in base64, such as BuildKit's status. */
  readonly trace: string | undefined;
  /** The engine's failure; it arrives inside a response that began with 200. */
  readonly error: string | undefined;
}

/** No message of an engine comes near this; what does is not a message. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/**
 * Reads the engine's stream of JSON messages, however the bytes are cut and spaced.
 *
 * Fails with `docker-failed` for what is no message and with `stream-truncated` when the stream
 * breaks off or ends inside a message. An abort ends it with an AbortError.
 */
export async function* readMessages(
  source: AsyncIterable<Uint8Array>,
  operation: string,
  signal: AbortSignal,
): AsyncGenerator<EngineMessage, void, void> {
  const splitter = new MessageSplitter();
  try {
    for await (const chunk of source) {
      for (const text of splitter.push(chunk)) {
        if (signal.aborted) throw cancellation();
        yield toMessage(JSON.parse(text));
      }
    }
  } catch (error) {
    if (signal.aborted) throw cancellation();
    if (error instanceof SyntaxError) {
      const message = "the engine sent something that is not a message";
      throw new EcrError({ kind: "docker-failed", operation, message }, { cause: error });
    }
    throw new EcrError({ kind: "stream-truncated", operation }, { cause: error });
  }
  if (signal.aborted) throw cancellation();
  if (!splitter.isEmpty) throw new EcrError({ kind: "stream-truncated", operation });
}

/** Cuts bytes into the texts of JSON objects; works on bytes, so split characters are no matter. */
class MessageSplitter {
  #pending: Buffer = Buffer.alloc(0);
  #scanned = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** True when no message has begun that did not end. */
  get isEmpty(): boolean {
    return this.#pending.length === 0;
  }

  push(chunk: Uint8Array): string[] {
    let data = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    const texts: string[] = [];
    let start = 0;
    for (let at = this.#scanned; at < data.length; at++) {
      const byte = data[at] ?? 0;
      if (this.#depth === 0) {
        if (byte === OPEN) {
          start = at;
          this.#depth = 1;
        } else if (!WHITESPACE.has(byte)) {
          throw new SyntaxError(`unexpected byte ${byte} between messages`);
        } else {
          start = at + 1;
        }
      } else if (this.#step(byte)) {
        texts.push(Buffer.from(data.subarray(start, at + 1)).toString("utf8"));
        start = at + 1;
      }
    }
    data = data.subarray(start);
    if (data.length > MAX_MESSAGE_BYTES) throw new SyntaxError("a message has no end");
    this.#pending = Buffer.from(data);
    this.#scanned = data.length;
    return texts;
  }

  /** Follows one byte inside an object; true when it ends the object. */
  #step(byte: number): boolean {
    if (this.#inString) {
      if (byte === NEWLINE) throw new SyntaxError("a line ends inside a string");
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN) this.#depth++;
    else if (byte === CLOSE) this.#depth--;
    return this.#depth === 0;
  }
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const WHITESPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

function toMessage(value: unknown): EngineMessage {
  const fields = asRecord(value);
  const progress = asRecord(fields?.["progressDetail"]);
  return {
    stream: asText(fields?.["stream"]),
    status: asText(fields?.["status"]),
    id: asText(fields?.["id"]),
    current: asNumber(progress?.["current"]),
    total: asNumber(progress?.["total"]),
    aux: asRecord(fields?.["aux"]),
    trace: asText(fields?.["aux"]),
    error: asText(asRecord(fields?.["errorDetail"])?.["message"]) ?? asText(fields?.["error"]),
  };
}
