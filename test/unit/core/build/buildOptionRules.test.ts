import { describe, expect, it } from "vitest";
import {
  parseArgument,
  parseHost,
  parseLabel,
  parseVariableName,
} from "../../../../src/core/build/buildOptionRules.js";
import { refusal } from "../push/refusal.js";

describe("parseArgument", () => {
  it.each([
    ["A=1", ["A", "1"]],
    ["_a1=", ["_a1", ""]],
    ["A=b=c", ["A", "b=c"]],
  ])("reads %s", (text, pair) => {
    expect(parseArgument(text)).toEqual(pair);
  });

  it.each(["", "A", "=1", "1A=2", "A-B=1", "A =1"])("refuses %j", (text) => {
    expect(refusal(() => parseArgument(text))).toMatchObject({ field: "build-argument" });
  });
});

describe("parseLabel", () => {
  it("takes any name without spaces", () => {
    expect(parseLabel("org.example/team=the shop")).toEqual(["org.example/team", "the shop"]);
  });

  it.each(["", "a", "=b", "a b=c"])("refuses %j", (text) => {
    expect(refusal(() => parseLabel(text))).toMatchObject({ field: "label" });
  });
});

describe("parseHost", () => {
  it.each([
    ["db=192.0.2.7", ["db", "192.0.2.7"]],
    ["db.example.org=fd00::7", ["db.example.org", "fd00::7"]],
    ["db=::1", ["db", "::1"]],
  ])("reads %s", (text, pair) => {
    expect(parseHost(text)).toEqual(pair);
  });

  it.each([
    "",
    "db",
    "db=",
    "db=300.1.1.1",
    "db=1.2.3",
    "db=name",
    "-=1.2.3.4",
    "d b=1.2.3.4",
    "db=:",
  ])("refuses %j", (text) => {
    expect(refusal(() => parseHost(text))).toMatchObject({ field: "host" });
  });
});

describe("parseVariableName", () => {
  it("takes one word", () => {
    expect(parseVariableName("NPM_TOKEN")).toBe("NPM_TOKEN");
    expect(parseVariableName("ProgramFiles(x86)")).toBe("ProgramFiles(x86)");
  });

  it.each(["", "A B", "A=B"])("refuses %j", (text) => {
    expect(refusal(() => parseVariableName(text))).toBeDefined();
  });
});
