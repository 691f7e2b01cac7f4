import http2 from "node:http2";
import { describe, expect, it, onTestFinished } from "vitest";
import { joinHeaderFrames } from "../../../../src/docker/buildkit/joinHeaderFrames.js";
import { socketPair } from "./socketPair.js";

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

function frame(type: number, flags: number, payload: string): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header[8] = 1;
  return Buffer.concat([header, Buffer.from(payload)]);
}

async function join(chunks: readonly Buffer[]): Promise<Buffer> {
  const [near, far] = await socketPair();
  near.on("error", () => undefined);
  const joined = joinHeaderFrames(far);
  for (const chunk of chunks) near.write(chunk);
  near.end();
  const read: Buffer[] = [];
  for await (const chunk of joined) read.push(chunk as Buffer);
  return Buffer.concat(read);
}

describe("frames of headers", () => {
  const sent = Buffer.concat([
    PREFACE,
    frame(4, 0, ""),
    frame(1, 1, "begin-"),
    frame(9, 0, "middle-"),
    frame(9, 4, "end"),
    frame(0, 1, "data"),
    frame(1, 5, "alone"),
  ]);
  const expected = Buffer.concat([
    PREFACE,
    frame(4, 0, ""),
    frame(1, 5, "begin-middle-end"),
    frame(0, 1, "data"),
    frame(1, 5, "alone"),
  ]);

  it("become one frame, and all else stays", async () => {
    expect(await join([sent])).toEqual(expected);
  });

  it("are joined wherever the bytes are cut", async () => {
    for (let at = 1; at < sent.length; at += 3) {
      expect(await join([sent.subarray(0, at), sent.subarray(at)])).toEqual(expected);
    }
  });

  it.each([
    [
      "in frames without end",
      Buffer.concat(Array<Buffer>(5000).fill(frame(9, 0, ""))),
      "too many frames",
    ],
    [
      "of more than a frame holds",
      Buffer.concat(Array<Buffer>(20).fill(frame(9, 0, "x".repeat(2 ** 20)))),
      "longer than a frame can be",
    ],
  ])("%s end the connection", async (_what, flood, reason) => {
    await expect(join([PREFACE, frame(1, 0, "begin"), flood])).rejects.toThrow(reason);
  });

  it("let node:http2 and its client speak as before", async () => {
    const [near, far] = await socketPair();
    const server = http2.createServer();
    server.on("stream", (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => {
      stream.respond({ ":status": 200, echo: String(headers["x-mark"]) });
      stream.end("x".repeat(300_000));
    });
    server.emit("connection", joinHeaderFrames(far));
    const client = http2.connect("http://x", { createConnection: () => near });
    onTestFinished(() => {
      client.destroy();
    });
    const stream = client.request({ ":path": "/", "x-mark": "m" });
    const answered = new Promise<unknown>((resolve) =>
      stream.on("response", (headers: http2.IncomingHttpHeaders) => {
        resolve(headers["echo"]);
      }),
    );
    let bytes = 0;
    for await (const chunk of stream) bytes += (chunk as Buffer).length;
    expect([await answered, bytes]).toEqual(["m", 300_000]);
  });
});
