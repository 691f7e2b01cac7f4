/** Reads what holds for a registry as a whole. */
export interface RegistrySettings {
  /** Lists from which other registries images are fetched when they are first pulled. */
  listPullThroughRules(signal: AbortSignal): Promise<readonly PullThroughRule[]>;
}

/** A rule that makes repositories hold copies of another registry's images. */
export interface PullThroughRule {
  /** A name and all below it, such as `docker-hub`; `ROOT` is every name without a nearer rule. */
  readonly prefix: string;
  /** The host of the other registry, such as `registry-1.docker.io`. */
  readonly upstream: string;
}

/**
 * Finds the rule by which a repository holds copies: the one with the longest fitting prefix.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
export function findPullThroughRule(
  rules: readonly PullThroughRule[],
  repository: string,
): PullThroughRule | undefined {
  const length = ({ prefix }: PullThroughRule): number => (prefix === "ROOT" ? 0 : prefix.length);
  return rules
    .filter(({ prefix }) => prefix === "ROOT" || isWithin(repository, prefix))
    .sort((a, b) => length(b) - length(a))[0];
}

/** Tells whether a repository's name is a prefix, with or without a slash at its end, or below it. */
function isWithin(repository: string, prefix: string): boolean {
  const path = prefix.replace(/\/$/, "");
  return repository === path || repository.startsWith(`${path}/`);
}
