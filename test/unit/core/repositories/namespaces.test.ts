import { describe, expect, it } from "vitest";
import {
  groupByNamespace,
  namespaceLabel,
  parentNamespace,
} from "../../../../src/core/repositories/namespaces.js";

const named = (...names: string[]) => names.map((name) => ({ name }));

describe("groupByNamespace", () => {
  it("splits the top by the first part of each name", () => {
    const { namespaces, members } = groupByNamespace(
      named("api", "team", "team/api", "team/web/ui", "tools/lint"),
    );
    expect(members).toEqual(named("api", "team"));
    expect(namespaces).toEqual([
      { path: "team", members: named("team/api", "team/web/ui") },
      { path: "tools", members: named("tools/lint") },
    ]);
  });

  it("splits a namespace by the next part", () => {
    const { namespaces, members } = groupByNamespace(
      named("team/api", "team/web", "team/web/ui", "team/web/ui/kit"),
      "team",
    );
    expect(members).toEqual(named("team/api", "team/web"));
    expect(namespaces).toEqual([
      { path: "team/web", members: named("team/web/ui", "team/web/ui/kit") },
    ]);
  });

  it("gathers a namespace whose members do not follow each other", () => {
    const { namespaces } = groupByNamespace(named("a/1", "b/1", "a/2"));
    expect(namespaces.map(({ path, members }) => [path, members.length])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });
});

it("names a namespace by its last part, and the one that holds it", () => {
  expect(namespaceLabel("team/web")).toBe("web");
  expect(namespaceLabel("team")).toBe("team");
  expect(parentNamespace("team/web/ui")).toBe("team/web");
  expect(parentNamespace("team")).toBeUndefined();
});
