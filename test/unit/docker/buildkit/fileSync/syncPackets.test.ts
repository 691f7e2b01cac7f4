import { describe, expect, it } from "vitest";
import {
  DATA_HEAD_BYTES,
  decodePacket,
  encodeData,
  encodeFailure,
  encodeStat,
  END,
  LAST_STAT,
  type SyncStat,
} from "../../../../../src/docker/buildkit/syncPackets.js";
import { readPacket, writePacket } from "./packets.js";

const empty = { linkName: "", deviceMajor: 0, deviceMinor: 0 };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("encodeStat", () => {
  it("writes the bytes of the format", () => {
    const stat = { ...empty, path: "a/b", mode: 0o644, sizeBytes: 300, modifiedNs: 1n };
    // Tag 2, length; path, mode, size and time; zeros are left out.
    expect(hex(encodeStat(stat))).toBe("120d" + "0a03612f62" + "10a403" + "28ac02" + "3001");
    const folder = { ...empty, path: "d", mode: 2 ** 31 + 0o755, sizeBytes: 0, modifiedNs: -1n };
    expect(hex(encodeStat(folder))).toBe(
      "1214" + "0a0164" + "10ed83808008" + "30ffffffffffffffffff01",
    );
    const device = {
      ...folder,
      path: "n",
      mode: 0,
      modifiedNs: 0n,
      deviceMajor: 1,
      deviceMinor: 5,
    };
    expect(hex(encodeStat({ ...device, linkName: "é" }))).toBe(
      "120b" + "0a016e" + "3a02c3a9" + "40014805",
    );
  });

  it.each<SyncStat>([
    { ...empty, path: "x".repeat(200), mode: 1, sizeBytes: 2 ** 40, modifiedNs: 10n ** 18n },
    { ...empty, path: "😀/\uffff", mode: 2 ** 32 - 1, sizeBytes: 0, modifiedNs: 2n ** 63n - 1n },
    { ...empty, path: "old", mode: 0, sizeBytes: 2 ** 53 - 1, modifiedNs: -(2n ** 63n) },
    { ...empty, path: "l", mode: 0, sizeBytes: 0, modifiedNs: 0n, linkName: "ä".repeat(9000) },
  ])("is read back by another codec", (stat) => {
    const { sizeBytes, ...rest } = stat;
    expect(readPacket(encodeStat(stat)).stat).toEqual({ ...rest, size: sizeBytes });
  });

  it("leaves the last stat empty", () => {
    expect(hex(LAST_STAT)).toBe("");
    expect(readPacket(LAST_STAT)).toMatchObject({ type: 0, stat: undefined });
  });
});

describe("encodeData", () => {
  const packet = (id: number, data: string): Uint8Array => {
    const buffer = Buffer.concat([Buffer.alloc(DATA_HEAD_BYTES), Buffer.from(data)]);
    return encodeData(id, buffer, buffer.length - DATA_HEAD_BYTES);
  };

  it("writes the bytes of the format", () => {
    expect(hex(packet(0, ""))).toBe("0802");
    expect(hex(packet(300, "hi"))).toBe("0802" + "18ac02" + "22026869");
  });

  it.each([0, 1, 127, 128, 2 ** 21, 2 ** 32 - 1])("is read back by another codec, %i", (id) => {
    const { type, id: read, data } = readPacket(packet(id, "x".repeat(70_000)));
    expect({ type, read, bytes: data.length }).toEqual({ type: 2, read: id, bytes: 70_000 });
  });
});

it("writes the end and a failure", () => {
  expect(hex(END)).toBe("0803");
  expect(hex(encodeFailure("no"))).toBe("0804" + "22026e6f");
});

describe("decodePacket", () => {
  it("reads what a receiver says", () => {
    expect(decodePacket(writePacket(1, 7))).toEqual({ type: "request", id: 7 });
    expect(decodePacket(writePacket(1))).toEqual({ type: "request", id: 0 });
    expect(decodePacket(writePacket(3))).toEqual({ type: "end" });
    expect(decodePacket(writePacket(4, 0, "full"))).toEqual({ type: "error", message: "full" });
  });

  it("skips fields that it does not know", () => {
    const unknown = Uint8Array.of(0x08, 0x01, 0x50, 0x05, 0x18, 0x02, 0x5a, 0x01, 0x00);
    expect(decodePacket(unknown)).toEqual({ type: "request", id: 2 });
  });

  it.each([
    ["a stat", [], "a packet of type 0 came from the receiver"],
    ["data", [0x08, 0x02], "a packet of type 2 came from the receiver"],
    ["a type of the future", [0x08, 0x63], "a packet of type 99 came from the receiver"],
    ["a packet cut off in a number", [0x08, 0x01, 0x18, 0x80], "a packet can't be read"],
    ["a packet cut off in a text", [0x08, 0x04, 0x22, 0x7f, 0x61], "a packet can't be read"],
    ["a number without end", [0x08, ...Array<number>(20).fill(0xff)], "a packet can't be read"],
    ["noise", [0xff, 0xfe, 0xfd], "a packet can't be read"],
  ])("refuses %s", (_what, bytes, message) => {
    expect(() => decodePacket(Uint8Array.from(bytes))).toThrow(message);
  });
});
