import { expect, it } from "vitest";
import { isSamePolicy } from "../../../../../src/core/repositories/lifecycle/isSamePolicy.js";

it.each([
  [undefined, undefined, true],
  [undefined, "{}", false],
  ["{}", undefined, false],
  ['{"a":1,"b":[1,2]}', '{ "b": [1, 2], "a": 1 }', true],
  ['{"b":[1,2]}', '{"b":[2,1]}', false],
  ['{"a":1}', '{"a":"1"}', false],
  ['{"__proto__":{"a":1}}', "{}", false],
  ["not json", "not json", true],
  ["not json", "not  json", false],
])("compares %j with %j by what they say", (one, other, expected) => {
  expect(isSamePolicy(one, other)).toBe(expected);
});
