import { describe, expect, it } from "vitest";
import { encodeFrame, readFrames } from "../../../../src/docker/buildkit/grpcFrames.js";
import { GRPC } from "../../../../src/docker/buildkit/grpcStatus.js";
import { bytesOf } from "./wire.js";

async function texts(source: AsyncIterable<Uint8Array>, maxBytes?: number): Promise<string[]> {
  const read: string[] = [];
  for await (const message of readFrames(source, maxBytes)) {
    read.push(Buffer.from(message).toString());
  }
  return read;
}

const frame = (text: string): Buffer => encodeFrame(Buffer.from(text));

describe("gRPC frames", () => {
  it("carry messages, empty ones too", async () => {
    const all = Buffer.concat([frame("one"), frame(""), frame("three")]);
    expect(await texts(bytesOf(all))).toEqual(["one", "", "three"]);
  });

  it("are read wherever the bytes are cut", async () => {
    const all = Buffer.concat([frame("one"), frame(""), frame("three")]);
    for (let at = 0; at <= all.length; at++) {
      expect(await texts(bytesOf(all.subarray(0, at), all.subarray(at)))).toHaveLength(3);
    }
    const single = Array.from(all, (_, index) => all.subarray(index, index + 1));
    expect(await texts(bytesOf(...single))).toEqual(["one", "", "three"]);
  });

  it("that end too early fail", async () => {
    for (const length of [1, 4, 5, 7]) {
      await expect(texts(bytesOf(frame("one").subarray(0, length)))).rejects.toMatchObject({
        code: GRPC.internal,
        message: "the stream ended inside a message",
      });
    }
  });

  it("over the limit fail before they are held", async () => {
    const claim = Buffer.from([0, 0xff, 0xff, 0xff, 0xff]);
    await expect(texts(bytesOf(claim))).rejects.toMatchObject({ code: GRPC.resourceExhausted });
    await expect(texts(bytesOf(frame("1234")), 3)).rejects.toMatchObject({
      message: "a message of 4 bytes is over the limit of 3",
    });
  });

  it("that are compressed fail", async () => {
    await expect(texts(bytesOf(Buffer.from([1, 0, 0, 0, 0])))).rejects.toMatchObject({
      code: GRPC.unimplemented,
    });
  });
});
