/**
 * Tells whether an action fits a pattern of IAM: `*` is any text, `?` any character, and case makes
 * no difference.
 *
 * Walks both texts once, so that no pattern takes long: policies come from anybody.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matchesAction(pattern: string, action: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = action.toLowerCase();
  let [at, star, resume] = [0, -1, 0];
  let position = 0;
  while (position < text.length) {
    if (wanted[at] === "*") {
      star = at++;
      resume = position;
    } else if (wanted[at] === "?" || wanted[at] === text[position]) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  while (wanted[at] === "*") at += 1;
  return at === wanted.length;
}
