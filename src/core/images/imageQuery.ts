/** What somebody looks for, read out of what they typed. */
export interface ImageQuery {
  /** A part of a repository's name, which an image's repository must have; undefined for any. */
  readonly repository: string | undefined;
  /** A part of a tag or of a repository's name; undefined where only a digest is meant. */
  readonly text: string | undefined;
  /** The beginning of a digest or of a commit, without an algorithm. */
  readonly hex: string | undefined;
}

/** A registry before a repository's name has a dot or a port, which no first part of a name has. */
const HOST = /^(?:https?:\/\/)?(?:[^/\s]*\.[^/\s]*|[^/\s:]+:\d+)\//;
const HEX = /^[0-9a-f]{4,128}$/;

/**
 * Reads what somebody typed: a part of a name or tag, `api:1.4` or `api 1.4` for a tag in a
 * repository, a digest or the beginning of one, a commit, or a whole reference.
 */
export function parseImageQuery(typed: string): ImageQuery {
  const text = typed.trim().toLowerCase().replace(HOST, "");
  const [, inRepository, digest] = /^(?:(.*)@)?sha(?:256|512):([0-9a-f]*)$/.exec(text) ?? [];
  if (digest !== undefined) {
    const repository = inRepository?.replace(/:[^:/]*$/, "");
    return { repository: repository || undefined, text: undefined, hex: digest };
  }
  const [, repository, tag] = /^([^:\s]+)(?::|\s+)(\S*)$/.exec(text) ?? [];
  const wanted = tag ?? text;
  return { repository, text: wanted, hex: HEX.test(wanted) ? wanted : undefined };
}
