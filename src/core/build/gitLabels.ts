/** What git says about the files of a build. */
export interface SourceFacts {
  readonly commit: string | undefined;
  /** When the commit was made; undefined where git does not tell. */
  readonly committedAt: Date | undefined;
  /** True when files differ from the commit. */
  readonly isDirty: boolean;
  /** The address of the remote repository, as git has it; it may hold a password. */
  readonly remoteUrl: string | undefined;
}

/**
 * Makes the labels that say which source an image is built from; none without a commit.
 *
 * They are the same for the same source, as a label is part of the image: with the time of the
 * build among them, no image would ever be in the registry already. So `created` is the time of the
 * commit, and left out when files differ from it, which `revision` then says with `-dirty`, as
 * `git describe` and buildx do.
 * Names: https://github.com/opencontainers/image-spec/blob/main/annotations.md
 */
export function makeGitLabels(facts: SourceFacts): Readonly<Record<string, string>> {
  const { commit, committedAt, isDirty, remoteUrl } = facts;
  if (commit === undefined) return {};
  const source = remoteUrl === undefined ? undefined : publicUrl(remoteUrl);
  const created = isDirty ? undefined : committedAt?.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    ...(created !== undefined && { "org.opencontainers.image.created": created }),
    "org.opencontainers.image.revision": isDirty ? `${commit}-dirty` : commit,
    ...(source !== undefined && { "org.opencontainers.image.source": source }),
  };
}

/** Addresses without a scheme, `git@github.com:team/api.git`, which can hold no password. */
const SCP = /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/|\\)[^\s?#@]+$/;

/** Returns an address that anybody may read; undefined for folders of this machine. */
function publicUrl(remoteUrl: string): string | undefined {
  if (!remoteUrl.includes("://")) {
    // One letter before the colon is a drive of Windows.
    return SCP.test(remoteUrl) && !/^[a-z]:/i.test(remoteUrl) ? remoteUrl : undefined;
  }
  if (!URL.canParse(remoteUrl)) return undefined;
  const url = new URL(remoteUrl);
  if (!["http:", "https:", "ssh:", "git:"].includes(url.protocol)) return undefined;
  // A token may stand in the place of the user name, in a query, or after a hash.
  url.password = url.search = url.hash = "";
  if (url.protocol !== "ssh:") url.username = "";
  return url.href;
}
