import type { Failure } from "../../core/errors.js";

interface Row {
  readonly pattern: RegExp;
  /** Where the text comes from. */
  readonly source: string;
  readonly toFailure: (match: RegExpExecArray, place: Place) => Failure;
}

/** Where a build stood when it failed. */
interface Place {
  readonly dockerfile: string;
  readonly line: number | undefined;
}

/** Returns what BuildKit can't do or was not given, or undefined for words that no row knows. */
export function toRefusal(message: string, place: Place): Failure | undefined {
  for (const { pattern, toFailure } of ROWS) {
    const match = pattern.exec(message);
    if (match) return toFailure(match, place);
  }
  return undefined;
}

const ROWS: readonly Row[] = [
  {
    pattern: /(?:^|: )unknown cache exporter: "(\w+)"$/,
    source: "https://github.com/moby/buildkit/blob/v0.13.2/control/control.go",
    toFailure: () => ({
      kind: "builder-lacks",
      feature: "cache-to",
      reason: "a cache in a registry needs the containerd image store",
    }),
  },
  {
    pattern: /(?:^|: )exporter "(\w+)" could not be found$/,
    source: "https://github.com/moby/moby/blob/v26.1.5/builder/builder-next/worker/worker.go",
    toFailure: ([, exporter = ""]) => ({
      kind: "builder-lacks",
      feature: "exporter",
      reason: `its BuildKit has no exporter "${exporter}"`,
    }),
  },
  {
    pattern: /unsupported frontend capability moby\.buildkit\.frontend\.contexts/,
    source: "https://github.com/moby/buildkit/blob/v0.13.2/frontend/dockerfile/builder/caps.go",
    toFailure: () => ({
      kind: "builder-lacks",
      feature: "contexts",
      reason: "the Dockerfile's frontend does not know them",
    }),
  },
  {
    pattern: /(?:^|: )secret (\S+?)(?: not found)?: not found$/,
    source: "https://github.com/moby/buildkit/blob/v0.13.2/session/secrets/secrets.go",
    toFailure: ([, id = ""], place) => ({ kind: "secret-missing", id, ...place }),
  },
  {
    // Our own words, which come back through BuildKit.
    pattern: /(?:^|[:=] )the build was given no SSH agent (\S+)$/,
    source: "https://github.com/moby/buildkit/blob/v0.13.2/session/sshforward/ssh.go",
    toFailure: ([, id = ""], place) => ({ kind: "ssh-agent-missing", id, ...place }),
  },
];
