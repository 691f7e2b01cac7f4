import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followPaths } from "../../../../../src/docker/buildkit/followPaths.js";

let base: string;
let root: string;

const follow = (...paths: string[]): Promise<readonly string[]> =>
  followPaths(root, paths, "linux");

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), "follow-")));
  root = path.join(base, "context");
  await mkdir(path.join(root, "dir/sub"), { recursive: true });
  await writeFile(path.join(root, "dir/file.txt"), "");
  await writeFile(path.join(root, "dir/sub/deep.txt"), "");
  await mkdir(path.join(base, "outside"));
  await symlink("../context/dir/file.txt", path.join(base, "outside/back.txt"));
  const links: Readonly<Record<string, string>> = {
    "to-file": "dir/file.txt",
    "to-dir": "dir",
    "to-sub": "to-dir/sub",
    absolute: "/dir/file.txt",
    "absolute-host": path.join(base, "outside"),
    up: "../../../../dir",
    outside: "../outside",
    self: "self",
    "loop-a": "loop-b",
    "loop-b": "loop-a",
    grows: "grows/x",
    dangling: "nowhere/at-all",
    "dir/peer": "file.txt",
    "dir/other.txt": "sub/deep.txt",
    "dir/sub/top": "/",
    "[x]": "../outside",
    "*": "../outside",
  };
  for (const [name, target] of Object.entries(links)) await symlink(target, path.join(root, name));
  for (let index = 0; index < 1000; index++) {
    await symlink(`chain${index + 1}`, path.join(root, `chain${index}`));
  }
});

afterAll(() => rm(base, { recursive: true }));

describe("followPaths", () => {
  it.each([
    ["a path as it is", ["dir/file.txt"], ["dir/file.txt"]],
    ["a path that is not there", ["no/such"], ["no/such"]],
    ["a path below a file", ["dir/file.txt/x"], ["dir/file.txt/x"]],
    ["the whole folder", ["."], ["."]],
    ["the whole folder by its root", ["/"], ["."]],
    ["slashes and dots", ["/./dir//sub/../file.txt/"], ["dir/file.txt"]],
    ["a link to a file", ["to-file"], ["dir/file.txt", "to-file"]],
    ["a link on the way", ["to-dir/file.txt"], ["dir/file.txt", "to-dir"]],
    ["several files behind one link", ["to-dir/a", "to-dir/b"], ["dir/a", "dir/b", "to-dir"]],
    ["links one after the other", ["to-sub/x"], ["dir/sub/x", "to-dir", "to-sub"]],
    ["a link beside its target", ["dir/peer"], ["dir/file.txt", "dir/peer"]],
    ["an absolute link, which begins at the folder", ["absolute"], ["absolute", "dir/file.txt"]],
    ["a link to the top", ["dir/sub/top"], [".", "dir/sub/top"]],
    ["a link through the top", ["dir/sub/top/to-file"], ["dir/file.txt", "dir/sub/top", "to-file"]],
    ["a link to nothing", ["dangling"], ["dangling", "nowhere/at-all"]],
    ["wildcards", ["dir/*.txt"], ["dir/*.txt", "dir/sub/deep.txt"]],
    ["wildcards of one letter", ["dir/pee?"], ["dir/file.txt", "dir/pee?"]],
    ["two stars as one", ["dir/o**r.txt"], ["dir/o**r.txt", "dir/sub/deep.txt"]],
    ["a wildcard that matches nothing", ["dir/q*"], ["dir/q*"]],
    ["a wildcard in a folder that is none", ["no/*"], ["no/*"]],
    ["a pattern that is not valid", ["dir/[a*"], ["dir/[a*"]],
    ["an escaped wildcard", ["dir/\\*.txt"], ["dir/\\*.txt"]],
    ["a link to itself", ["self"], ["self"]],
    ["links in a circle", ["loop-a/x"], ["loop-a", "loop-b"]],
    ["no paths", [], []],
  ])("resolves %s", async (_what, paths, expected) => {
    expect(await follow(...paths)).toEqual(expected);
  });

  it.each([
    ["a path above the folder", ["../outside/back.txt"], ["outside", "outside/back.txt"]],
    ["a link above the folder", ["outside/back.txt"], ["outside", "outside/back.txt"]],
    ["a link far above the folder", ["up/file.txt"], ["dir/file.txt", "up"]],
    ["a link with an address of this machine", ["absolute-host/back.txt"], undefined],
    ["a link named like a pattern", ["[[]x]/*"], undefined],
    ["a link named like a pattern for another name", ["[x]/*"], undefined],
    ["a link named like a wildcard", ["*/back.txt"], undefined],
  ])("never leaves the folder by %s", async (_what, paths, expected) => {
    const found = await follow(...paths);
    if (expected) expect(found).toEqual(expect.arrayContaining([expected[0]]));
    // Reading outside would find `back.txt` there, a link to the file inside.
    expect(found.filter((one) => one.includes(".."))).toEqual([]);
    expect(found).not.toContain("context/dir/file.txt");
  });

  it("gives up on a link that grows with each step, and on endless chains", async () => {
    expect(await follow("grows")).toEqual(["grows"]);
    const chain = await follow("chain0");
    expect(chain).toContain("chain200");
    expect(chain).not.toContain("chain900");
  });

  it("takes paths of Windows for what they are there", async () => {
    expect(await followPaths(root, ["C:\\dir\\file.txt", "to-dir\\x"], "win32")).toEqual([
      "dir/file.txt",
      "dir/x",
      "to-dir",
    ]);
  });
});
