import { expect, it } from "vitest";
import {
  type Arrangement,
  arrangeRepositories,
} from "../../../../src/core/repositories/arrangeRepositories.js";
import { tryParseNameFilter } from "../../../../src/core/repositories/nameFilter.js";

const all = ["api", "team/api", "team/web/ui", "tools"].map((name) => ({ name }));
const flat: Arrangement = { filter: undefined, isGrouped: false, pins: new Set() };

function arrange(arrangement: Partial<Arrangement>, path?: string) {
  const level = arrangeRepositories(all, { ...flat, ...arrangement }, path);
  return {
    pinned: level.pinned.map(({ name }) => name),
    namespaces: level.namespaces.map((each) => `${each.path} ${String(each.members.length)}`),
    repositories: level.repositories.map(({ name }) => name),
  };
}

it("lists all in their order", () => {
  const repositories = all.map(({ name }) => name);
  expect(arrange({})).toEqual({ pinned: [], namespaces: [], repositories });
});

it("takes what is pinned to the top, out of its namespace", () => {
  const pins = new Set(["tools", "team/web/ui", "gone"]);
  expect(arrange({ pins })).toEqual({
    pinned: ["team/web/ui", "tools"],
    namespaces: [],
    repositories: ["api", "team/api"],
  });
  expect(arrange({ pins, isGrouped: true })).toEqual({
    pinned: ["team/web/ui", "tools"],
    namespaces: ["team 1"],
    repositories: ["api"],
  });
});

it("groups by namespaces, level by level", () => {
  expect(arrange({ isGrouped: true })).toEqual({
    pinned: [],
    namespaces: ["team 2"],
    repositories: ["api", "tools"],
  });
  expect(arrange({ isGrouped: true }, "team")).toEqual({
    pinned: [],
    namespaces: ["team/web 1"],
    repositories: ["team/api"],
  });
});

it("lists what a filter finds, from whatever namespace", () => {
  const filter = tryParseNameFilter("api");
  expect(arrange({ filter, isGrouped: true, pins: new Set(["team/api"]) })).toEqual({
    pinned: ["team/api"],
    namespaces: [],
    repositories: ["api"],
  });
});
