import { parsePlatform, parseRepositoryName, parseTag } from "../imageReference.js";
import type { BuildOptions } from "../enginePorts.js";
import type { Compression } from "./pushTarget.js";
import type { RunTarget } from "./runTarget.js";

/** What to push, and under which names. */
export interface PushRequest {
  readonly source: PushSource;
  readonly repository: string;
  /** At least one tag; all of them name the same image afterwards. */
  readonly tags: readonly string[];
  /** The platforms to build for; none means the engine's own. */
  readonly platforms: readonly string[];
  /** Where the image will run, which it is held against; undefined is anywhere. */
  readonly runsOn?: RunTarget;
  /** How layers are compressed where the engine lets one choose; elsewhere it is gzip. */
  readonly compression: Compression;
  /** Milliseconds that the last push from the same place took; undefined where none ended well. */
  readonly lastTookMs?: number | undefined;
  /** Whether to begin although the AWS session is likely to end before the push does. */
  readonly acceptsShortSession?: boolean;
  /** Whether to create the repository when there is none, and how. */
  readonly create: { readonly tagMutability: "mutable" | "immutable" } | undefined;
}

/** Where the image comes from: a Dockerfile to build, or an image that the engine holds. */
export type PushSource =
  | {
      readonly kind: "dockerfile";
      readonly dockerfile: string;
      readonly context: string;
      /** What else the build is given; undefined means what the Dockerfile says. */
      readonly options?: BuildOptions;
    }
  | { readonly kind: "local-image"; readonly image: string };

/** Throws `invalid-input` for the first part of the request that breaks a rule. */
export function validate(request: PushRequest): void {
  parseRepositoryName(request.repository);
  request.platforms.forEach(parsePlatform);
  if (request.tags.length === 0) parseTag("");
  request.tags.forEach(parseTag);
}
