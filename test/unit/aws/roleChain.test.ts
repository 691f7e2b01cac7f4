import { describe, expect, it } from "vitest";
import { checkRoles, followRoles } from "../../../src/aws/roleChain.js";
import type { AwsFiles, ProfileSettings } from "../../../src/aws/sharedFiles.js";

const KEYS = { aws_access_key_id: "a" };
const roleFrom = (source_profile: string): ProfileSettings => ({ role_arn: "r", source_profile });

function filesOf(profiles: Readonly<Record<string, ProfileSettings>>): AwsFiles {
  const names = Object.keys(profiles);
  return {
    profiles: new Map(Object.entries(profiles)),
    sections: new Map(),
    flawed: new Map(),
    places: new Map(names.map((name, line) => [name, { path: "/config", line: line + 1 }])),
  };
}

describe("followRoles", () => {
  it.each([
    ["no role", { a: KEYS }, ["a"]],
    ["a role with the keys of another profile", { a: roleFrom("b"), b: KEYS }, ["a", "b"]],
    ["a role with keys of its own", { a: { ...roleFrom("a"), ...KEYS } }, ["a", "a"]],
    [
      "keys that end a circle",
      { a: { ...roleFrom("b"), ...KEYS }, b: roleFrom("a") },
      ["a", "b", "a"],
    ],
    ["a circle", { a: roleFrom("b"), b: roleFrom("c"), c: roleFrom("b") }, ["a", "b", "c", "b"]],
    ["a source that is not there", { a: roleFrom("ghost") }, ["a", "ghost"]],
  ])("ends with %s", (_, profiles, expected) => {
    expect(followRoles(filesOf(profiles), "a").map(({ name }) => name)).toEqual(expected);
  });
});

describe("checkRoles", () => {
  it.each([
    ["no role", { a: KEYS }],
    ["keys of its own", { a: { ...roleFrom("a"), ...KEYS } }],
    ["keys that end a circle", { a: { ...roleFrom("b"), ...KEYS }, b: roleFrom("a") }],
  ])("accepts %s", (_, profiles) => {
    expect(() => {
      checkRoles(filesOf(profiles), "a");
    }).not.toThrow();
  });

  it.each([
    [
      "a circle of one",
      { a: roleFrom("a") },
      { kind: "profile-cycle", profile: "a", chain: ["a", "a"], path: "/config", line: 1 },
    ],
    [
      "a circle further on",
      { a: roleFrom("b"), b: roleFrom("c"), c: roleFrom("b") },
      { kind: "profile-cycle", profile: "a", chain: ["a", "b", "c", "b"], line: 3 },
    ],
    [
      "a source that is not there",
      { a: roleFrom("b"), b: roleFrom("ghost") },
      { kind: "source-profile-missing", profile: "b", source: "ghost", line: 2 },
    ],
  ])("refuses %s", (_, profiles, failure) => {
    expect(() => {
      checkRoles(filesOf(profiles), "a");
    }).toThrow(expect.objectContaining({ failure: expect.objectContaining(failure) as unknown }));
  });
});
