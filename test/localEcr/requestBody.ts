import type { Readable } from "node:stream";

/**
 * Reads a whole body into memory; for small ones, such as the arguments of an operation.
 *
 * @returns The bytes, or undefined when there are more than `mostBytes`; the rest is then drained.
 */
export async function readBody(body: Readable, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > mostBytes ? undefined : Buffer.concat(chunks);
}
