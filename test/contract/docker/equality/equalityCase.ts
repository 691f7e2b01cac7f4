import type { BuildOptions } from "../../../../src/core/enginePorts.js";
import type { Tree } from "./tree.js";

/** A build that our client and buildx make the same image of. */
export interface EqualityCase {
  readonly name: string;
  readonly tree: Tree;
  /** Where in the tree the context is; its root by default. */
  readonly context?: string;
  /** Where in the tree the Dockerfile is; `Dockerfile` by default. */
  readonly dockerfile?: string;
  readonly options?: Omit<BuildOptions, "secrets" | "noCache">;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly platform?: string;
  /** What an engine says whose Dockerfile frontend does not know this yet. */
  readonly refusal?: RegExp;
  /** What both clients fail with, where this can't be built. */
  readonly failure?: RegExp;
  /**
   * True where builds that share no cache make the same image too, once they get the same date:
   * nothing but files of the context in it.
   */
  readonly reproducible?: boolean;
}
