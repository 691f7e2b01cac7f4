import type { SystemPart } from "../machine/installSystem.js";
import type { BenchRun } from "./benchRun.js";

/** One measured number. */
export interface Figure {
  readonly value: number;
  /** `ratio` is ours divided by the peer's; MB are millions of bytes. */
  readonly unit: "ms" | "s" | "B" | "MB" | "ratio" | "calls" | "rows";
  /** How many measurements the value is the median of; undefined for what is counted once. */
  readonly n?: number;
  /** The smallest and the largest of them, in the same unit. */
  readonly range?: readonly [number, number];
  /** What the value should not exceed, in the same unit; undefined where nothing is promised. */
  readonly goal?: number;
  /** What a reader has to know about it, for the table. */
  readonly note?: string;
}

/** Figures by name; a group's own names, or with the group's name in front as `size.vsix`. */
export type Figures = Readonly<Record<string, Figure>>;

/**
 * What a file in `groups/` exports as `group`. The file's name is the group's, and being there is
 * all that it takes to be measured by `npm run bench`.
 */
export interface BenchGroup {
  /** What it needs from the system besides Node. */
  readonly needs: readonly SystemPart[];
  /** What gives it more figures; without it the group says which are absent. */
  readonly wants?: readonly SystemPart[];
  /** Measures; what it starts and writes is gone when it ends. */
  readonly measure: (run: BenchRun) => Promise<Figures>;
}
