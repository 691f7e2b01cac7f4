import type { IgnoreRules, Reinclusion, RuleMatches } from "../dockerignore.js";

/** Which entries of a folder are wanted. */
export interface SyncRules {
  /** Only what these match is sent; undefined for everything. */
  readonly includes: IgnoreRules | undefined;
  /** What these match is not sent. */
  readonly excludes: IgnoreRules;
  /** How far `!` rules reach into an ignored folder; undefined means as far as BuildKit's. */
  readonly reinclusion?: Reinclusion;
}

/** What the rules say of one entry. */
export interface SyncVerdict {
  /** False for a folder that goes out only if something in it does. */
  readonly listed: boolean;
  /** True for a folder in which something may be sent. */
  readonly enter: boolean;
  /** True for what is asked for, and left out for its ignore rule. */
  readonly ignored: boolean;
  readonly included: RuleMatches | undefined;
  readonly excluded: RuleMatches | undefined;
}

/**
 * Judges one entry by what was said of its folder.
 *
 * Source: https://github.com/tonistiigi/fsutil/blob/master/filter.go
 */
export function judge(
  { includes, excludes, reinclusion = "wildcard" }: SyncRules,
  name: string,
  isFolder: boolean,
  parent: Pick<SyncVerdict, "included" | "excluded">,
): SyncVerdict {
  if (!isFolder && parent.excluded && (!includes || parent.included)) {
    const wanted = !includes || includes.ignores(name, parent.included ?? []);
    const ignored = wanted && excludes.ignores(name, parent.excluded);
    const listed = wanted && !ignored;
    return { listed, enter: false, ignored, included: undefined, excluded: undefined };
  }
  const include = includes?.match(name, parent.included);
  const exclude = excludes.match(name, parent.excluded);
  const wanted = include?.ignored !== false;
  const mayInclude = !includes || include?.ignored === true || includes.mayMatchBelow(name);
  const mayExclude = !exclude.ignored || excludes.mayIncludeBelow(name, reinclusion);
  return {
    listed: wanted && !exclude.ignored,
    enter: isFolder && mayInclude && mayExclude,
    ignored: isFolder ? mayInclude && !mayExclude : wanted && exclude.ignored,
    included: include?.matches,
    excluded: exclude.matches,
  };
}
