/** Makes a sentence of a fragment, such as a reason that stands by itself below a field. */
export function asSentence(fragment: string): string {
  const [first = "", ...rest] = fragment;
  const text = `${first.toUpperCase()}${rest.join("")}`;
  return /[.…]$/.test(text) ? text : `${text}.`;
}
