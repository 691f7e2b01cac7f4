import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";

/** Reads one field of a message, if it comes with the wire type that it is expected to have. */
export interface FieldReader {
  readonly type: WireType;
  readonly read: (reader: BinaryReader) => void;
}

/**
 * Reads the fields of a protobuf message by their numbers; others are skipped, as newer peers may
 * add them.
 *
 * Fails with a `GrpcError` for bytes that are no message. Bytes of a text that are no UTF-8 become
 * U+FFFD. Source: https://protobuf.dev/programming-guides/encoding/
 */
export function readMessage(
  bytes: Uint8Array,
  fields: Readonly<Record<number, FieldReader>>,
): void {
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag();
      const field = fields[number];
      if (field?.type === type) field.read(reader);
      else reader.skip(type, number);
    }
  } catch (error) {
    if (error instanceof GrpcError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new GrpcError(GRPC.internal, `a message can't be read: ${reason}`);
  }
}

/** Reads a text. */
export function text(take: (value: string) => void): FieldReader {
  return {
    type: WireType.LengthDelimited,
    read: (reader) => {
      take(reader.string());
    },
  };
}

/** Reads bytes, such as a message inside the message. */
export function bytes(take: (value: Uint8Array) => void): FieldReader {
  return {
    type: WireType.LengthDelimited,
    read: (reader) => {
      take(reader.bytes());
    },
  };
}

/** Reads a whole number of up to 53 bits, or a truth value as 0 or 1. */
export function integer(take: (value: number) => void): FieldReader {
  return {
    type: WireType.Varint,
    read: (reader) => {
      take(Number(reader.int64()));
    },
  };
}

/** Reads one entry of a map from text to text. */
export function entry(take: (key: string, value: string) => void): FieldReader {
  return bytes((pair) => {
    let key = "";
    let value = "";
    readMessage(pair, { 1: text((is) => (key = is)), 2: text((is) => (value = is)) });
    take(key, value);
  });
}

/** Reads a `google.protobuf.Timestamp` as milliseconds since 1970. */
export function timestamp(take: (milliseconds: number) => void): FieldReader {
  return bytes((message) => {
    let seconds = 0;
    let nanos = 0;
    readMessage(message, { 1: integer((is) => (seconds = is)), 2: integer((is) => (nanos = is)) });
    take(seconds * 1000 + nanos / 1e6);
  });
}

/** Writes the fields of a protobuf message; empty ones are left out, as its third version does. */
export class FieldWriter {
  readonly #writer = new BinaryWriter();

  text(number: number, value: string): this {
    if (value) this.#writer.tag(number, WireType.LengthDelimited).string(value);
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    if (value.length > 0) this.#writer.tag(number, WireType.LengthDelimited).bytes(value);
    return this;
  }

  integer(number: number, value: number): this {
    if (value) this.#writer.tag(number, WireType.Varint).int64(value);
    return this;
  }

  /** Writes a message inside the message, even an empty one. */
  message(number: number, fill: (writer: FieldWriter) => void): this {
    const inner = new FieldWriter();
    fill(inner);
    this.#writer.tag(number, WireType.LengthDelimited).bytes(inner.finish());
    return this;
  }

  map(number: number, entries: Readonly<Record<string, string>>): this {
    for (const [key, value] of Object.entries(entries)) {
      this.message(number, (pair) => pair.text(1, key).text(2, value));
    }
    return this;
  }

  finish(): Uint8Array {
    return this.#writer.finish();
  }
}
