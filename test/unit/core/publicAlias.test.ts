import { expect, it } from "vitest";
import { publicAlias } from "../../../src/core/publicAlias.js";

it.each([
  ["public.ecr.aws/k8s1a2/team/site", "team/site", "k8s1a2"],
  ["127.0.0.1:5100/a1b2/site", "site", "a1b2"],
  ["127.0.0.1:5100/site", "site", undefined],
])("reads the alias of %s", (uri, name, alias) => {
  expect(publicAlias({ uri, name })).toBe(alias);
});
