import { StringDecoder } from "node:string_decoder";

/** A line without an end is cut here, so that a step can't fill the memory with one. */
const MAX_LINE_LENGTH = 64 * 1024;
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

/** Cuts the bytes that a step writes into lines, without colours. */
export class LogLines {
  readonly #decoder = new StringDecoder("utf8");
  #partial = "";

  /** Takes some bytes and returns the lines that they end. */
  push(bytes: Uint8Array): readonly string[] {
    const text = this.#partial + this.#decoder.write(Buffer.from(bytes));
    const lines = text.split("\n");
    this.#partial = lines.pop() ?? "";
    if (this.#partial.length > MAX_LINE_LENGTH) {
      lines.push(this.#partial);
      this.#partial = "";
    }
    return lines.map(clean).filter((line) => line !== "");
  }

  /** Returns what is left of a last line without an end. */
  flush(): readonly string[] {
    const line = clean(this.#partial + this.#decoder.end());
    this.#partial = "";
    return line === "" ? [] : [line];
  }
}

/** A progress bar overwrites its line with carriage returns; what it shows last counts. */
function clean(line: string): string {
  const plain = line.replace(COLOURS, "").trimEnd();
  return plain.slice(plain.lastIndexOf("\r") + 1);
}
