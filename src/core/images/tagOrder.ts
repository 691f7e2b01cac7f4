/** Words that make a version one that comes before its release: https://peps.python.org/pep-0440/ and semver.org */
const PRE_RELEASE =
  /^[._-]?(?:alpha|beta|canary|dev|draft|ea|insiders?|m|milestone|next|nightly|pre|preview|prerelease|rc|snapshot|unstable|[abc](?=\d))(?![a-z])/;
const VERSION = /^v?(\d+(?:[.-]\d+)*)(?=$|[._-]|(?:a|b|c|rc|m|alpha|beta|dev|pre)\.?\d)/;
const NUMBER_OR_WORD = /\d+|\D+/g;

/** Marks in keys; by their codes, what is before a release sorts first, and what goes deeper last. */
const MARK = { version: "0", word: "1", before: "!", release: '"', variant: "#" } as const;

/**
 * Makes a key of a tag; keys that are compared as text put tags into their natural order.
 *
 * Versions and dates come first, by their numbers: 1.9.0, 1.10.0-rc.1, 1.10.0, 1.10.0-alpine, with or
 * without a `v`. Only words known from pre-releases come before their release, as most suffixes of
 * image tags name a variant. Other words follow, with the numbers in them by their value.
 */
export function tagKey(tag: string): string {
  const text = tag.toLowerCase();
  const [whole = "", numbers] = VERSION.exec(text) ?? [];
  if (numbers === undefined) return MARK.word + naturalKey(text);
  const rest = text.slice(whole.length);
  const end = rest === "" ? MARK.release : PRE_RELEASE.test(rest) ? MARK.before : MARK.variant;
  return MARK.version + numbers.split(/[.-]/).map(numberKey).join("") + end + naturalKey(rest);
}

/** Compares two tags by their keys, and those with equal keys as text. */
export function compareTags(left: string, right: string): number {
  return compareText(tagKey(left), tagKey(right)) || compareText(left, right);
}

/**
 * Returns the key of the tag that stands for an image in a list by tags: its most exact version,
 * else its first word; undefined for an image without tags.
 */
export function tagsKey(tags: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const tag of tags) {
    const key = tagKey(tag);
    const isBetter =
      best === undefined ||
      (key.startsWith(MARK.version)
        ? !best.startsWith(MARK.version) || key > best
        : !best.startsWith(MARK.version) && key < best);
    if (isBetter) best = key;
  }
  return best;
}

/** Compares texts by their codes, which is quick and the same everywhere. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function naturalKey(text: string): string {
  return text.replace(NUMBER_OR_WORD, (part) => (isDigit(part) ? numberKey(part) : part));
}

/** A number with its length before it: as text, longer numbers are greater then. */
function numberKey(digits: string): string {
  const number = digits.replace(/^0+(?=\d)/, "");
  const { length } = number;
  return length <= 9
    ? `${String(length)}${number}`
    : `:${String(length).padStart(3, "0")}${number}`;
}

function isDigit(text: string): boolean {
  return text >= "0" && text < ":";
}
