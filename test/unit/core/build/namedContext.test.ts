import { describe, expect, it } from "vitest";
import { formatContext, parseNamedContext } from "../../../../src/core/build/namedContext.js";
import { refusal } from "../push/refusal.js";

describe("parseNamedContext", () => {
  it.each([
    ["assets=../assets", ["assets", { kind: "folder", path: "../assets" }]],
    ["a = /shop/with = sign ", ["a", { kind: "folder", path: "/shop/with = sign" }]],
    ["a=C:\\shop", ["a", { kind: "folder", path: "C:\\shop" }]],
    ["node:24=docker-image://busybox", ["node:24", { kind: "image", reference: "busybox" }]],
    [
      "lib=https://host.example/a.tar.gz",
      ["lib", { kind: "url", url: "https://host.example/a.tar.gz" }],
    ],
    [
      "lib=ssh://git@host.example/a.git",
      ["lib", { kind: "url", url: "ssh://git@host.example/a.git" }],
    ],
    [
      "lib=git@host.example:a.git#main",
      ["lib", { kind: "url", url: "git@host.example:a.git#main" }],
    ],
  ])("reads %s", (text, pair) => {
    expect(parseNamedContext(text)).toEqual(pair);
  });

  it.each([
    "",
    "assets",
    "assets=",
    "=folder",
    "a b=folder",
    "a=oci-layout://folder",
    "a=https://",
  ])("refuses %j", (text) => {
    expect(refusal(() => parseNamedContext(text))).toMatchObject({ field: "context" });
  });

  it("refuses an image that no reference names", () => {
    expect(refusal(() => parseNamedContext("a=docker-image://Node"))).toMatchObject({
      field: "repository",
    });
  });

  it.each([
    "https://user:canary@host.example/",
    "https://canary@host.example/",
    "ssh://git:canary@h/",
  ])("refuses the login in %s, and does not repeat it", (url) => {
    const failure = refusal(() => parseNamedContext(`a=${url}`));
    expect(failure).toMatchObject({ reason: "the URL holds no user name or password" });
    expect(JSON.stringify(failure)).not.toContain("canary");
  });

  it.each(["../assets", "docker-image://node:24", "https://host.example/a.git"])(
    "reads %s as it is written",
    (text) => {
      expect(formatContext(parseNamedContext(`a=${text}`)[1])).toBe(text);
    },
  );
});
