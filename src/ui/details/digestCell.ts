import type { PageCell } from "../pages/pageModel.js";
import { shortDigest } from "../quantities.js";

/** Shows a digest in a table: short, as all begin alike, and in full for a pointer that rests on it. */
export function digestCell(digest: string): PageCell {
  return { text: shortDigest(digest).replace(/^sha256:/, ""), hint: digest };
}
