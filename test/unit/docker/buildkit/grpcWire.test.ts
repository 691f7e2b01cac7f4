import { createHash } from "node:crypto";
import http2 from "node:http2";
import { describe, expect, it, onTestFinished } from "vitest";
import { GrpcError } from "../../../../src/docker/buildkit/grpcError.js";
import { encodeFrame } from "../../../../src/docker/buildkit/grpcFrames.js";
import { GrpcServer } from "../../../../src/docker/buildkit/grpcServer.js";
import { GRPC } from "../../../../src/docker/buildkit/grpcStatus.js";
import { connect, connectPeer, patience, serviceOf } from "./wire.js";
import { socketPair } from "./socketPair.js";

const ask = Buffer.from("question");

describe("gRPC between our client and our server", () => {
  it("answers one message with one", async () => {
    const echo = serviceOf("/a/Echo", async (call) => {
      for await (const message of call.messages) await call.send(message);
    });
    const { client } = await connect([echo]);
    expect(Buffer.from(await client.call("/a/Echo", ask, patience)).toString()).toBe("question");
  });

  it("streams many messages, larger than every window, to a slow reader", async () => {
    const sizes = [0, 1, 1_000_000, 3_000_000, 70_000];
    const many = serviceOf("/a/Many", async (call) => {
      for (const size of sizes) await call.send(Buffer.alloc(size, size % 251));
    });
    const { client } = await connect([many]);
    const got: number[] = [];
    for await (const message of client.stream("/a/Many", ask, patience)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(digest(message)).toBe(digest(Buffer.alloc(message.length, message.length % 251)));
      got.push(message.length);
    }
    expect(got).toEqual(sizes);
  });

  it("has done with the bytes of a message once it is sent", async () => {
    const buffer = Buffer.alloc(2_000_000);
    const sizes = [1_500_000, 300_000, 128 * 1024, 128 * 1024 - 1, 20_000, 10, 2_000_000];
    const reuse = serviceOf("/a/Reuse", async (call) => {
      for (const size of sizes) {
        await call.send(buffer.fill(size % 251).subarray(0, size));
        buffer.fill(255);
      }
    });
    const { client } = await connect([reuse]);
    const got: number[] = [];
    for await (const message of client.stream("/a/Reuse", ask, patience)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(digest(message)).toBe(digest(Buffer.alloc(message.length, message.length % 251)));
      got.push(message.length);
    }
    expect(got).toEqual(sizes);
  });

  it("ends with the status of the handler's error", async () => {
    const { client } = await connect([
      serviceOf("/a/Known", () => Promise.reject(new GrpcError(GRPC.notFound, "50 % of ünïcödé"))),
      serviceOf("/a/Unknown", () => Promise.reject(new Error("why"))),
    ]);
    await expect(client.call("/a/Known", ask, patience)).rejects.toMatchObject({
      code: GRPC.notFound,
      message: "50 % of ünïcödé",
    });
    await expect(client.call("/a/Unknown", ask, patience)).rejects.toMatchObject({
      code: GRPC.unknown,
      message: "why",
    });
  });

  it("refuses a method that no service has", async () => {
    const { client, log } = await connect([]);
    await expect(client.call("/b/None", ask, patience)).rejects.toMatchObject({
      code: GRPC.unimplemented,
    });
    expect(log).toEqual(["buildkit session: /b/None is not offered"]);
  });

  it("tells the handler when the caller gives up", async () => {
    let aborted: (() => void) | undefined;
    const told = new Promise<void>((resolve) => (aborted = resolve));
    const { client } = await connect([
      serviceOf("/a/Wait", async (call) => {
        call.signal.addEventListener("abort", () => aborted?.());
        await told;
      }),
    ]);
    const cancel = new AbortController();
    const calling = client.call("/a/Wait", ask, cancel.signal);
    setTimeout(() => {
      cancel.abort();
    }, 20);
    await expect(calling).rejects.toMatchObject({ name: "AbortError" });
    await told;
  });

  it("ends every call when the connection closes", async () => {
    const { client, server } = await connect([
      serviceOf(
        "/a/Wait",
        (call) =>
          new Promise((resolve) => {
            call.signal.addEventListener("abort", () => {
              resolve();
            });
          }),
      ),
    ]);
    const calling = client.call("/a/Wait", ask, patience);
    setTimeout(() => {
      server.close();
    }, 20);
    await expect(calling).rejects.toMatchObject({ code: GRPC.unavailable });
    await server.closed;
    await expect(client.call("/a/Wait", ask, patience)).rejects.toMatchObject({
      code: GRPC.unavailable,
    });
  });
});

describe("gRPC with a peer that breaks the rules", () => {
  const headers = { ":status": 200, "content-type": "application/grpc" };
  const cases: readonly [string, (stream: http2.ServerHttp2Stream) => void, object][] = [
    [
      "ends without a status",
      (stream) => {
        stream.respond(headers);
        stream.end(encodeFrame(ask));
      },
      { code: GRPC.unavailable, message: "the call ended without a status" },
    ],
    [
      "answers with a page",
      (stream) => {
        stream.respond({ ":status": 502 });
        stream.end();
      },
      { code: GRPC.unavailable, message: "the call was answered with HTTP status 502" },
    ],
    [
      "breaks a message off",
      (stream) => {
        stream.respond(headers);
        stream.end(encodeFrame(ask).subarray(0, 7));
      },
      { code: GRPC.internal },
    ],
    [
      "claims a message of four gigabytes",
      (stream) => {
        stream.respond(headers);
        stream.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]));
      },
      { code: GRPC.resourceExhausted },
    ],
    [
      "ends well without an answer",
      (stream) => {
        stream.respond({ ...headers, "grpc-status": "0" }, { endStream: true });
      },
      { code: GRPC.internal },
    ],
    [
      "sends a status that is no number",
      (stream) => {
        stream.respond({ ...headers, "grpc-status": "ok" }, { endStream: true });
      },
      { code: GRPC.unknown },
    ],
    [
      "resets the stream",
      (stream) => {
        stream.respond(headers);
        stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
      },
      { code: GRPC.unavailable },
    ],
  ];

  it.each(cases)("fails when it %s", async (_, answer, expected) => {
    const { client } = await connectPeer(answer);
    await expect(client.call("/a/B", ask, patience)).rejects.toMatchObject(expected);
  });

  it("can be left when it sends headers that are longer than may be", async () => {
    // node:http2 reads nothing of such a connection any more, and does not say so.
    const { client } = await connectPeer((stream) => {
      const value = "x".repeat(300_000);
      const long = Array.from({ length: 100 }, (_, at) => [`long-${at}`, value] as const);
      const all: Record<string, string> = Object.fromEntries(long);
      stream.respond({ ...headers, ...all, "grpc-status": "2" });
    });
    await client.ready(patience);
    expect(await client.isAlive()).toBe(true);
    const cancel = new AbortController();
    const calling = client.call("/a/B", ask, cancel.signal);
    await expect.poll(() => client.isAlive(), { timeout: 10_000 }).toBe(false);
    cancel.abort();
    await expect(calling).rejects.toMatchObject({ name: "AbortError" });
  }, 20_000);

  it("reads a failure that quotes a long Dockerfile", async () => {
    const details = Buffer.alloc(48_000, "a Dockerfile ");
    const { client } = await connectPeer((stream) => {
      const bin = { "grpc-status-details-bin": details.toString("base64") };
      const long = Object.fromEntries(
        Array.from({ length: 3 }, (_, at) => [`long-${at}`, "x".repeat(20_000)]),
      );
      stream.respond({ ...headers, ...long, "grpc-status": "2", ...bin }, { endStream: true });
    });
    await client.ready(patience);
    const error: unknown = await client
      .call("/a/B", ask, patience)
      .catch((reason: unknown) => reason);
    expect(error instanceof GrpcError && digest(error.details ?? ask)).toBe(digest(details));
  });

  it("fails when the bytes are not HTTP/2", async () => {
    const { client, far } = await connectPeer(() => undefined);
    const calling = client.call("/a/B", ask, patience);
    far.write(Buffer.alloc(100, "HTTP/1.1 400 Bad Request\r\n"));
    await expect(calling).rejects.toMatchObject({ code: GRPC.unavailable });
  });

  it.each([
    ["breaks a message off", Buffer.from([0, 0, 0, 0, 9, 1, 2]), GRPC.internal],
    [
      "claims a message of four gigabytes",
      Buffer.from([0, 0xff, 0xff, 0xff, 0xff, 1]),
      GRPC.resourceExhausted,
    ],
    ["compresses a message", Buffer.from([1, 0, 0, 0, 1, 1]), GRPC.unimplemented],
    ["sends noise", Buffer.alloc(70_000, 0xfe), GRPC.unimplemented],
  ])("answers a caller that %s, and the next call too", async (_, bytes, status) => {
    const echo = serviceOf("/a/Echo", async (call) => {
      for await (const message of call.messages) await call.send(message);
    });
    const [near, far] = await socketPair();
    const server = new GrpcServer(far, [echo]);
    const caller = http2.connect("http://docker", { createConnection: () => near });
    onTestFinished(() => {
      caller.destroy();
      server.close();
    });
    const call = async (sent: Uint8Array): Promise<unknown> => {
      const stream = caller.request({ ":method": "POST", ":path": "/a/Echo" });
      const told = new Promise((resolve) => stream.on("trailers", resolve));
      stream.resume();
      stream.end(sent);
      return told;
    };
    expect(await call(bytes)).toMatchObject({ "grpc-status": String(status) });
    expect(await call(encodeFrame(ask))).toMatchObject({ "grpc-status": "0" });
  });

  it("closes a session whose bytes are not HTTP/2", async () => {
    const [near, far] = await socketPair();
    const server = new GrpcServer(far, []);
    near.on("error", () => undefined);
    near.write(Buffer.alloc(100, "GET / HTTP/1.1\r\n"));
    await server.closed;
  });
});

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
