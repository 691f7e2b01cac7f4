/**
 * Writes protobuf fields into a buffer that has room for them; zeros and empty texts are left out.
 *
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
export class VarintWriter {
  constructor(
    private readonly buffer: Buffer,
    /** Where the next byte goes. */
    public at: number,
  ) {}

  /** Writes a whole number from 0 to 2⁵³. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.buffer[this.at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.at++] = rest;
  }

  number(tag: number, value: number): void {
    if (value === 0) return;
    this.buffer[this.at++] = tag;
    this.varint(value);
  }

  /** Writes a signed number as the ten bytes of its two's complement where it is below zero. */
  int64(tag: number, value: bigint): void {
    if (value === 0n) return;
    this.buffer[this.at++] = tag;
    let rest = BigInt.asUintN(64, value);
    // Above 53 bits only: a number is much faster than a bigint.
    while (rest > Number.MAX_SAFE_INTEGER) {
      this.buffer[this.at++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.varint(Number(rest));
  }

  text(tag: number, value: string): void {
    if (value === "") return;
    this.buffer[this.at++] = tag;
    this.varint(Buffer.byteLength(value));
    this.at += this.buffer.write(value, this.at, "utf8");
  }
}

/** Returns how many bytes a whole number from 0 to 2⁵³ takes. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
}
