/**
 * Cuts a stream of bytes into messages that say their own length, however the bytes arrive.
 *
 * `lengthOf` tells how many bytes the message that begins with these `headBytes` has in all, or
 * throws; a stream that ends inside a message throws what `broken` makes.
 */
export async function* cutMessages(
  source: AsyncIterable<Uint8Array>,
  headBytes: number,
  lengthOf: (head: Buffer) => number,
  broken: () => Error,
): AsyncGenerator<Buffer, void, void> {
  const chunks: Buffer[] = [];
  let held = 0;
  let wanted = headBytes;
  for await (const chunk of source) {
    chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    held += chunk.byteLength;
    if (held < wanted) continue;
    let data = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    for (;;) {
      wanted = data.length < headBytes ? headBytes : lengthOf(data);
      if (data.length < wanted) break;
      yield data.subarray(0, wanted);
      data = data.subarray(wanted);
    }
    chunks.splice(0, chunks.length, data);
    held = data.length;
  }
  if (held > 0) throw broken();
}
