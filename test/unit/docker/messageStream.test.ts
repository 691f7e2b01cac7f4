import { describe, expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import { readMessages, type EngineMessage } from "../../../src/docker/messageStream.js";

const never = new AbortController().signal;

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer, void, void> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function read(text: string, size = 1000, signal = never): Promise<EngineMessage[]> {
  const messages: EngineMessage[] = [];
  for await (const message of readMessages(inPieces(Buffer.from(text), size), "push", signal)) {
    messages.push(message);
  }
  return messages;
}

describe("readMessages", () => {
  const TEXT = '{"stream":"grüße 🐳 \\"{[\\\\"}\r\n{"status":"Pushing","id":"a1"}\r\n';

  it.each([1, 2, 3, 7, 1000])("reads the same messages from chunks of %i bytes", async (size) => {
    const messages = await read(TEXT, size);
    expect(messages.map(({ stream, status, id }) => ({ stream, status, id }))).toEqual([
      { stream: 'grüße 🐳 "{[\\', status: undefined, id: undefined },
      { stream: undefined, status: "Pushing", id: "a1" },
    ]);
  });

  it("reads several messages of a line, spaced and blank lines, and a last one without a newline", async () => {
    const text =
      '\n\n{"stream":"1"}{"stream":"2"}\n \t\r\n{\n  "stream" : "3"\n}\n\n{"stream":"4"}';
    expect((await read(text, 5)).map((message) => message.stream)).toEqual(["1", "2", "3", "4"]);
  });

  it("takes progress, results and errors apart", async () => {
    const [progress, aux, error, oldError] = await read(
      '{"progressDetail":{"current":5,"total":9}}{"aux":{"Digest":"d"}}' +
        '{"errorDetail":{"message":"long"},"error":"short"}{"error":"short"}',
    );
    expect(progress).toMatchObject({ current: 5, total: 9 });
    expect(aux?.aux).toEqual({ Digest: "d" });
    expect(error?.error).toBe("long");
    expect(oldError?.error).toBe("short");
  });

  it("reads fields of another type as absent", async () => {
    const [message] = await read('{"stream":1,"status":null,"id":{},"progressDetail":[],"aux":1}');
    expect(Object.values(message ?? {}).every((value) => value === undefined)).toBe(true);
  });

  it.each(["<html>no</html>", '{"a": }', '{"stream":"x\ny"}', "{'a':1}", "[1]"])(
    "fails with a cause on what is no message: %s",
    async (text) => {
      const failing = read(`{"stream":"1"}\n${text}\n`);
      await expect(failing).rejects.toMatchObject({
        failure: { kind: "docker-failed", operation: "push" },
        cause: expect.any(SyntaxError) as SyntaxError,
      });
    },
  );

  it("says that a stream ended inside a message", async () => {
    await expect(read('{"stream":"1"}\n{"stream":"2')).rejects.toMatchObject({
      failure: { kind: "stream-truncated", operation: "push" },
    });
  });

  it("says that a stream broke off, and keeps the cause", async () => {
    async function* broken(): AsyncGenerator<Buffer, void, void> {
      yield Buffer.from('{"stream":"1"}\n');
      await Promise.resolve();
      throw new Error("socket hang up");
    }
    const messages = readMessages(broken(), "build", never);
    await messages.next();
    const error: unknown = await messages.next().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EcrError);
    expect(error).toMatchObject({
      failure: { kind: "stream-truncated", operation: "build" },
      cause: new Error("socket hang up"),
    });
  });

  it("ends as a cancellation when it is aborted, however the stream ends", async () => {
    await expect(read('{"stream":"1"}', 1000, AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
    await expect(read('{"stream"', 1000, AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  it("refuses a message without an end", async () => {
    const endless = `{"stream":"${"x".repeat(17 * 1024 * 1024)}`;
    await expect(read(endless, 1024 * 1024)).rejects.toMatchObject({
      failure: { kind: "docker-failed" },
    });
  });
});
