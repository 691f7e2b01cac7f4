import { expect, it } from "vitest";
import { withoutLinks } from "../../../src/ui/withoutLinks.js";

it.each([
  ["[Fix it](command:a.b)", "[Fix it] (command:a.b)"],
  ["[a](https://b) [c](file:///d)", "[a] (https://b) [c] (file:///d)"],
  ["plain [x] (y)", "plain [x] (y)"],
])("withoutLinks makes %j %j", (text, plain) => {
  expect(withoutLinks(text)).toBe(plain);
});
