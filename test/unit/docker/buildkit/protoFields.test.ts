import { describe, expect, it } from "vitest";
import { GrpcError } from "../../../../src/docker/buildkit/grpcError.js";
import {
  bytes,
  entry,
  FieldWriter,
  integer,
  readMessage,
  text,
  timestamp,
} from "../../../../src/docker/buildkit/protoFields.js";

describe("protobuf messages", () => {
  const message = new FieldWriter()
    .text(1, "ünïcödé")
    .integer(2, 2 ** 53 - 1)
    .bytes(3, Buffer.from([0, 255]))
    .map(4, { a: "1", b: "" })
    .message(5, (time) => time.integer(1, 1_700_000_000).integer(2, 500_000_000))
    .text(6, "")
    .finish();

  it("come back as they were written", () => {
    const read: unknown[] = [];
    readMessage(message, {
      1: text((is) => read.push(is)),
      2: integer((is) => read.push(is)),
      3: bytes((is) => read.push([...is])),
      4: entry((key, value) => read.push([key, value])),
      5: timestamp((is) => read.push(is)),
      6: text(() => read.push("never")),
    });
    expect(read).toEqual([
      "ünïcödé",
      2 ** 53 - 1,
      [0, 255],
      ["a", "1"],
      ["b", ""],
      1_700_000_000_500,
    ]);
  });

  it("skip fields that nobody knows, and known ones of another type", () => {
    const read: unknown[] = [];
    readMessage(message, { 1: integer((is) => read.push(is)), 2: text((is) => read.push(is)) });
    expect(read).toEqual([]);
  });

  it("that are cut anywhere throw or read less, and never hang", () => {
    for (let length = 0; length < message.length; length++) {
      const read: string[] = [];
      try {
        readMessage(message.subarray(0, length), { 1: text((is) => read.push(is)) });
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
      expect(read.every((value) => value === "ünïcödé")).toBe(true);
    }
  });

  it("with texts that are no UTF-8 come with U+FFFD in their place", () => {
    const read: string[] = [];
    readMessage(Uint8Array.of(0x0a, 3, 0x61, 0xff, 0x62), { 1: text((is) => read.push(is)) });
    expect(read).toEqual(["a\uFFFDb"]);
  });

  it.each([
    ["a length beyond the end", [0x0a, 0x7f, 0x61]],
    ["a number without an end", [0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ["the field number 0", [0x00, 0x00]],
    ["a number of eleven bytes", [0x10, ...Array<number>(10).fill(0x80), 0x01]],
    ["a group without an end", [0x0b, 0x08, 0x01]],
    ["groups in groups", Array<number>(100_000).fill(0x0b)],
    ["a group that ends and did not begin", [0x0c]],
    ["a type that is none", [0x0f]],
  ])("with %s throw", (_, raw) => {
    const fields = { 1: text(() => undefined), 2: integer(() => undefined) };
    expect(() => {
      readMessage(Uint8Array.from(raw), fields);
    }).toThrow(GrpcError);
  });
});
