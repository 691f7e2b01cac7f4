import { expect, it } from "vitest";
import { asSentence } from "../../../src/ui/asSentence.js";

it.each([
  ["it looks like name=value", "It looks like name=value."],
  ["It holds nothing yet.", "It holds nothing yet."],
  ["it looks like https://…", "It looks like https://…"],
  ["/shop/one does not exist", "/shop/one does not exist."],
])("makes of %j %j", (fragment, sentence) => {
  expect(asSentence(fragment)).toBe(sentence);
});
