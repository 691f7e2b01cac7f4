import type { ErrorKind, FailureOf } from "../../core/errors.js";
import { withoutLinks } from "../withoutLinks.js";
import type { Remedy } from "./remedies.js";

/** What the user reads about a failure, and the remedies in the order of their buttons. */
export interface Explanation {
  readonly message: string;
  readonly remedies: readonly Remedy[];
}

/** What is said of each of these kinds. */
export type Explanations<Kind extends ErrorKind> = {
  readonly [K in Kind]: (failure: FailureOf<K>) => Explanation;
};

/** Makes an explanation of one sentence (or two) and its remedies. */
export function say(message: string, ...remedies: readonly Remedy[]): Explanation {
  return { message: withoutLinks(message), remedies };
}
