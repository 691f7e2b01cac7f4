import type { LogEvent, StatusEvent, StepEvent } from "./buildEvents.js";
import { contextStatus } from "./buildSteps.js";
import type { BuildEvent } from "../enginePorts.js";

/** How long a step may keep the word while others wait for it. */
const PATIENCE_MS = 5000;
/** Bytes of a part are written again after this time, or after this share of them. */
const STATUS_MS = 5000;
const STATUS_SHARE = 0.05;

interface Writer {
  readonly number: number;
  name: string;
  startedAt: Date | undefined;
  state: StepEvent["state"];
  /** Lines that wait until the step has the word. */
  readonly lines: string[];
  /** Since when the step waits for the word; undefined when it has nothing to say. */
  waitsSinceMs: number | undefined;
  readonly parts: Map<string, WrittenPart>;
  /** The last word of each part that is not written yet. */
  readonly unwritten: Map<string, StatusEvent>;
}

interface WrittenPart {
  readonly atMs: number;
  readonly doneBytes: number;
  readonly startedAt: Date | undefined;
  readonly isDone: boolean;
}

/**
 * Writes the events of a build as lines, like the plain progress of buildx.
 *
 * One step has the word until it ends, or until others have waited for some seconds; then its
 * header is written again. Lines without a number are the builder's own.
 * Source: https://github.com/moby/buildkit/blob/master/util/progress/progressui/printer.go
 */
export class PlainProgress {
  readonly #writers = new Map<string, Writer>();
  #current: Writer | undefined;
  #isFirst = true;

  /** Takes an event and returns the lines that may be written now. */
  push(event: BuildEvent, now: Date): readonly string[] {
    switch (event.type) {
      case "step":
        this.#takeStep(event, now);
        break;
      case "status":
        this.#takeStatus(event, now);
        break;
      case "context": {
        const status = contextStatus(event);
        if (status) this.#takeStatus(status, now);
        break;
      }
      case "log":
      case "warning": {
        const writer = this.#writers.get(event.step ?? "");
        const text = event.type === "log" ? event.text.trimEnd() : `WARN: ${event.text}`;
        if (!writer) {
          this.#isFirst = false;
          return [text];
        }
        const time = event.type === "log" ? elapsed(writer, event) : "";
        this.#write(writer, `${time}${text}`, now);
        break;
      }
      case "pushing":
        break;
    }
    return this.#giveWord(now.getTime());
  }

  /** Returns the lines that may be written now that time has passed. */
  tick(now: Date): readonly string[] {
    return this.#giveWord(now.getTime());
  }

  /** Returns all lines that still wait, at the end of a build. */
  end(): readonly string[] {
    return this.#giveWord(Infinity);
  }

  #giveWord(nowMs: number): readonly string[] {
    const lines: string[] = [];
    for (;;) {
      const current = this.#current;
      if (current) lines.push(...take(current));
      const [next] = this.#waiting();
      if (!next) return lines;
      if (current && !hasEnded(current)) {
        if (nowMs - (next.waitsSinceMs ?? nowMs) < PATIENCE_MS) return lines;
        lines.push(`#${current.number} ...`);
      }
      if (!this.#isFirst) lines.push("");
      this.#isFirst = false;
      this.#current = next;
      lines.push(`#${next.number} ${next.name}`);
    }
  }

  #takeStep(event: StepEvent, now: Date): void {
    const { id, state, startedAt, endedAt, error = "" } = event;
    if (state === "waiting") return;
    const writer = this.#writers.get(id) ?? newWriter(this.#writers.size + 1);
    this.#writers.set(id, writer);
    writer.name = oneLine(event.name);
    writer.state = state;
    writer.startedAt = startedAt;
    if (state === "done") {
      for (const part of writer.unwritten.values()) this.#writeStatus(writer, part, now);
    }
    // A step that only begins wants the word too: its header says that it runs.
    if (writer !== this.#current) writer.waitsSinceMs ??= now.getTime();
    const words = {
      running: undefined,
      cached: "CACHED",
      cancelled: "CANCELED",
      failed: `ERROR: ${oneLine(error)}`,
      done: `DONE${duration(startedAt, endedAt)}`,
    }[state];
    if (words !== undefined) this.#write(writer, words, now);
  }

  #takeStatus(event: StatusEvent, now: Date): void {
    const { step, id, doneBytes, totalBytes } = event;
    const writer = this.#writers.get(step);
    const last = writer?.parts.get(id);
    if (!writer || last?.isDone) return;
    const share = totalBytes > 0 && last ? (doneBytes - last.doneBytes) / totalBytes : 0;
    const isDue = !last || share >= STATUS_SHARE || now.getTime() - last.atMs >= STATUS_MS;
    if (event.endedAt || isDue) this.#writeStatus(writer, event, now);
    else writer.unwritten.set(id, event);
  }

  #writeStatus(writer: Writer, event: StatusEvent, now: Date): void {
    const { id, doneBytes, totalBytes, endedAt } = event;
    const startedAt = event.startedAt ?? writer.parts.get(id)?.startedAt;
    const isDone = endedAt !== undefined;
    writer.unwritten.delete(id);
    writer.parts.set(id, { atMs: now.getTime(), doneBytes, startedAt, isDone });
    const done = doneBytes > 0 || totalBytes > 0 ? ` ${formatUnits(doneBytes)}` : "";
    const total = totalBytes > 0 ? ` / ${formatUnits(totalBytes)}` : "";
    const time = duration(startedAt, endedAt ?? now, LEAST_SECONDS);
    this.#write(writer, `${id}${done}${total}${time}${isDone ? " done" : ""}`, now);
  }

  #write(writer: Writer, text: string, now: Date): void {
    writer.lines.push(`#${writer.number} ${text}`);
    if (writer !== this.#current) writer.waitsSinceMs ??= now.getTime();
  }

  /** The steps that want the word, the longest wait first. */
  #waiting(): readonly Writer[] {
    return [...this.#writers.values()]
      .filter(({ waitsSinceMs }) => waitsSinceMs !== undefined)
      .sort((a, b) => (a.waitsSinceMs ?? 0) - (b.waitsSinceMs ?? 0));
  }
}

/** Parts that take less are written without their time. */
const LEAST_SECONDS = 0.01;

function newWriter(number: number): Writer {
  return {
    number,
    name: "",
    startedAt: undefined,
    state: "waiting",
    lines: [],
    waitsSinceMs: undefined,
    parts: new Map(),
    unwritten: new Map(),
  };
}

function take(writer: Writer): readonly string[] {
  writer.waitsSinceMs = undefined;
  return writer.lines.splice(0);
}

function hasEnded({ state }: Writer): boolean {
  return state !== "running" && state !== "waiting";
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The seconds from a step's begin to a line of it, finer for early ones: `0.412 `. */
function elapsed({ startedAt }: Writer, { at }: LogEvent): string {
  if (!startedAt || !at) return "";
  const seconds = Math.max(0, at.getTime() - startedAt.getTime()) / 1000;
  return `${seconds.toFixed(seconds < 10 ? 3 : seconds < 100 ? 2 : 1)} `;
}

function duration(startedAt: Date | undefined, endedAt: Date | undefined, least = -1): string {
  if (!startedAt || !endedAt) return "";
  const seconds = Math.max(0, endedAt.getTime() - startedAt.getTime()) / 1000;
  return seconds > least ? ` ${seconds.toFixed(1)}s` : "";
}

/** Formats bytes as BuildKit does: `257B`, `1.20MB`. */
function formatUnits(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(2)}${units[unit] ?? ""}`;
}
