/** Longer texts are cut: nobody reads on, and pages would stop. */
const MAX_LENGTH = 2_000;

/**
 * Returns a text from outside as it can be shown: what would act instead of being seen is written out.
 *
 * Control characters (of terminals, for one) become their pictures, and those that turn the
 * direction of a text around their code points. Line ends and tabs stay. What is longer than
 * `maxLength` characters is cut, with its length said.
 */
export function visibleText(text: string, maxLength = MAX_LENGTH): string {
  const cut = text.length > maxLength ? cutAt(text, maxLength) : text;
  return cut.replace(ACTING, (character) => {
    if (character === "\n" || character === "\t") return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? "␡" : `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

function cutAt(text: string, maxLength: number): string {
  // Half of a pair of surrogates is no character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
  return `${text.slice(0, end)}… (${text.length})`;
}

/** Controls, separators of lines, and what turns a text around: https://www.unicode.org/reports/tr9/ */
const ACTING = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;
