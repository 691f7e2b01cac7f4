import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { bytes, integer, readMessage } from "./protoFields.js";
import { VarintWriter, varintSize } from "./syncPacketsVarint.js";

/**
 * What an entry of a folder looks like to BuildKit; the owner is left out, and so is root.
 *
 * Extended attributes are left out too, as Node can't read them: a file with `security.capability`
 * arrives without its capability. `RUN setcap` in the Dockerfile sets it in the image.
 * Numbers: https://github.com/tonistiigi/fsutil/blob/master/types/stat.proto
 */
export interface SyncStat {
  /** The path inside the folder, with slashes and without a leading one. */
  readonly path: string;
  /** Go's `FileMode`. */
  readonly mode: number;
  readonly sizeBytes: number;
  readonly modifiedNs: bigint;
  /** Where a symlink points, or the path of the first of several hard links; else empty. */
  readonly linkName: string;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
}

/** What BuildKit says in a file sync. */
export type ReceiverPacket =
  | { readonly type: "request"; readonly id: number }
  | { readonly type: "end" }
  | { readonly type: "error"; readonly message: string };

/** Numbers: https://github.com/tonistiigi/fsutil/blob/master/types/wire.proto */
const PACKET = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;
const TAG = { type: 0x08, stat: 0x12, id: 0x18, data: 0x22 } as const;

/** Room for the head of a stat: a tag and a length. */
const STAT_HEAD_BYTES = 6;
/** Room for all of a stat but its two texts. */
const STAT_FIXED_BYTES = STAT_HEAD_BYTES + 64;

/** The packet after the last stat: the message of a stat packet that holds none is empty. */
export const LAST_STAT = new Uint8Array(0);

/** The packet that ends a file sync. */
export const END = Uint8Array.of(TAG.type, PACKET.end);

/** Room that `encodeData` needs before the data. */
export const DATA_HEAD_BYTES = 13;

/** Encodes the packet that offers an entry. */
export function encodeStat(stat: SyncStat): Uint8Array {
  const texts = Buffer.byteLength(stat.path) + Buffer.byteLength(stat.linkName);
  const message = Buffer.allocUnsafe(STAT_FIXED_BYTES + texts);
  const writer = new VarintWriter(message, STAT_HEAD_BYTES);
  writer.text(0x0a, stat.path);
  writer.number(0x10, stat.mode);
  writer.number(0x28, stat.sizeBytes);
  writer.int64(0x30, stat.modifiedNs);
  writer.text(0x3a, stat.linkName);
  writer.number(0x40, stat.deviceMajor);
  writer.number(0x48, stat.deviceMinor);
  const length = writer.at - STAT_HEAD_BYTES;
  const start = STAT_HEAD_BYTES - 1 - varintSize(length);
  message[start] = TAG.stat;
  new VarintWriter(message, start + 1).varint(length);
  return message.subarray(start, writer.at);
}

/**
 * Makes the packet with data of a file where the data lies, which saves a copy.
 *
 * The data begins `DATA_HEAD_BYTES` into the buffer. A packet without data ends the file.
 */
export function encodeData(id: number, buffer: Buffer, dataBytes: number): Uint8Array {
  const head = 2 + (id ? 1 + varintSize(id) : 0) + (dataBytes ? 1 + varintSize(dataBytes) : 0);
  const start = DATA_HEAD_BYTES - head;
  const writer = new VarintWriter(buffer, start);
  writer.number(TAG.type, PACKET.data);
  writer.number(TAG.id, id);
  writer.number(TAG.data, dataBytes);
  return buffer.subarray(start, DATA_HEAD_BYTES + dataBytes);
}

/** Encodes the packet that says why the sync fails. */
export function encodeFailure(message: string): Uint8Array {
  const buffer = Buffer.allocUnsafe(2 + STAT_HEAD_BYTES + Buffer.byteLength(message));
  const writer = new VarintWriter(buffer, 0);
  writer.number(TAG.type, PACKET.error);
  writer.text(TAG.data, message);
  return buffer.subarray(0, writer.at);
}

/** Decodes what BuildKit says; fails with a `GrpcError` where that makes no sense. */
export function decodePacket(message: Uint8Array): ReceiverPacket {
  let type = 0;
  let id = 0;
  let data: Uint8Array = new Uint8Array(0);
  try {
    readMessage(message, {
      1: integer((value) => (type = value)),
      3: integer((value) => (id = value)),
      4: bytes((value) => (data = value)),
    });
  } catch (error) {
    throw invalid(`a packet can't be read: ${String(error)}`);
  }
  if (type === PACKET.request) return { type: "request", id };
  if (type === PACKET.end) return { type: "end" };
  if (type === PACKET.error) return { type: "error", message: Buffer.from(data).toString("utf8") };
  throw invalid(`a packet of type ${type} came from the receiver`);
}

/** Returns the failure of a receiver that does not keep to the protocol. */
export function invalid(reason: string): GrpcError {
  return new GrpcError(GRPC.invalidArgument, `file sync: ${reason}`);
}
