import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** A stat as it came over the wire. */
export interface ReceivedStat {
  path: string;
  mode: number;
  size: number;
  modifiedNs: bigint;
  linkName: string;
  deviceMajor: number;
  deviceMinor: number;
}

/** A packet as it came over the wire. */
export interface ReceivedPacket {
  type: number;
  stat: ReceivedStat | undefined;
  id: number;
  data: Uint8Array;
}

/** Decodes a packet with a codec that is not the one under test. */
export function readPacket(message: Uint8Array): ReceivedPacket {
  const packet: ReceivedPacket = { type: 0, stat: undefined, id: 0, data: new Uint8Array(0) };
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) packet.type = reader.int32();
    else if (field === 2) packet.stat = readStat(reader.bytes());
    else if (field === 3) packet.id = reader.uint32();
    else if (field === 4) packet.data = reader.bytes();
    else throw new Error(`a packet has no field ${field}`);
  }
  return packet;
}

function readStat(message: Uint8Array): ReceivedStat {
  const stat = { path: "", mode: 0, size: 0, modifiedNs: 0n, linkName: "" };
  const device = { deviceMajor: 0, deviceMinor: 0 };
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    if (field === 1) stat.path = reader.string();
    else if (field === 2) stat.mode = reader.uint32();
    else if (field === 5) stat.size = Number(reader.int64());
    else if (field === 6) stat.modifiedNs = BigInt(reader.int64());
    else if (field === 7) stat.linkName = reader.string();
    else if (field === 8) device.deviceMajor = Number(reader.int64());
    else if (field === 9) device.deviceMinor = Number(reader.int64());
    else throw new Error(`a stat has no field ${field}, or it is not sent`);
  }
  return { ...stat, ...device };
}

/** Encodes what a receiver says; `type` is 1 for a request, 3 for the end and 4 for an error. */
export function writePacket(type: number, id = 0, data = ""): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(type);
  if (id) writer.tag(3, WireType.Varint).uint32(id);
  if (data) writer.tag(4, WireType.LengthDelimited).string(data);
  return writer.finish();
}
