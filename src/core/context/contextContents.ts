import type { ContextFinding } from "./contextFinding.js";
import type { BuildRequest } from "../enginePorts.js";

/** What a build would send of its context; known from names and sizes, not from reading it all. */
export interface ContextContents {
  /** Absolute path of the context folder, links resolved. */
  readonly root: string;
  /** Absolute path of the ignore file in force, or of the one that would be. */
  readonly ignoreFile: string;
  /** True where the engine has no BuildKit and gets the whole context, whatever is copied. */
  readonly isWhole: boolean;
  /** What the instructions take from the context, such as `COPY .`; empty where nothing does. */
  readonly sentBy: readonly string[];
  /** Regular files that go to the engine the first time. */
  readonly files: number;
  /** Their bytes; what hard links share counts once. */
  readonly bytes: number;
  /** What the ignore file leaves out; an ignored folder counts once, as nobody looks into it. */
  readonly ignored: number;
  /** The context folder, biggest first; bounded, however many files there are. */
  readonly tree: ContextNode;
  /** Files and folders that are better not sent; the first hundred. */
  readonly findings: readonly ContextFinding[];
}

/** A file or folder of a context. */
export interface ContextNode {
  /** The path inside the context, with slashes; empty for the context itself. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly state: "sent" | "ignored" | "unreadable";
  /** Files that are sent, with everything below. */
  readonly files: number;
  readonly bytes: number;
  /** The biggest first, then what is not sent. */
  readonly children: readonly ContextNode[];
  /** What is too small, or too much, for a row of its own. */
  readonly rest: { readonly entries: number; readonly files: number; readonly bytes: number };
}

/** How far measuring is. */
export interface ContextAmount {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Measures what a build would send, in short slices; reports now and then how far it is.
 *
 * What can't be read is part of the result. Fails with `dockerfile-unreadable`, `dockerfile-empty`,
 * `context-unreadable` for the folder itself or its ignore file, and with an `AbortError`.
 */
export type MeasureContext = (
  request: BuildRequest,
  report: (soFar: ContextAmount) => void,
  signal: AbortSignal,
) => Promise<ContextContents>;
