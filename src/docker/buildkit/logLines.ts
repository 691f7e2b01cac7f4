import { StringDecoder } from "node:string_decoder";

/** A line without an end is cut here, so that a step can't fill the memory with one. */
const MAX_LINE_LENGTH = 64 * 1024;

/** Cuts the bytes that a step writes into lines, without colours and other control codes. */
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

const [ESCAPE, BELL] = [String.fromCharCode(27), String.fromCharCode(7)];
/** Sequences that colour and move, those that set titles and links, other ones, and lone codes. */
const CONTROL_CODES = new RegExp(
  [
    `${ESCAPE}\\[[0-9;:?<=>]*[ -/]*[@-~]`,
    `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)?`,
    `${ESCAPE}[ -/]*[0-~]?`,
    "[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]",
  ].join("|"),
  "g",
);

/** A progress bar overwrites its line with carriage returns; what it shows last counts. */
function clean(line: string): string {
  const plain = line.replace(CONTROL_CODES, "").trimEnd();
  return plain.slice(plain.lastIndexOf("\r") + 1);
}
