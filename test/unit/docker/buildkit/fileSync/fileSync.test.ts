import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, link, lstat, lutimes, rm, symlink, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { makeFileSync } from "../../../../../src/docker/buildkit/fileSync.js";
import type { FileSyncProgress } from "../../../../../src/docker/buildkit/fileSyncProgress.js";
import { receive, type Received, type ReceiverOptions } from "./receiver.js";
import { TempFolder } from "./tempFolder.js";

const run = promisify(execFile);

let folder: TempFolder;
let reports: FileSyncProgress[];
let vanished: string[];

beforeEach(async () => {
  folder = await TempFolder.make();
  reports = [];
  vanished = [];
});

afterEach(() => folder.remove());

function sync(
  headers: Readonly<Record<string, readonly string[]>> = {},
  options: ReceiverOptions = {},
  platform: NodeJS.Platform = "linux",
): Promise<Received> {
  const service = makeFileSync({
    folders: { context: folder.root, dockerfile: folder.at("docker") },
    onProgress: (report) => reports.push(report),
    onVanished: (file) => vanished.push(file),
    platform,
  });
  return receive(service, { "dir-name": ["context"], ...headers }, options);
}

const paths = (received: Received): string[] => received.stats.map((stat) => stat.path);
const modes = (received: Received): Record<string, string> =>
  Object.fromEntries(received.stats.map((stat) => [stat.path, stat.mode.toString(8)]));

describe("the listing", () => {
  it("goes down each folder in the order of bytes, parents first", async () => {
    const names = [
      "b/",
      "a/z",
      "a/-",
      "a.txt",
      "a-b",
      "\uff5e",
      "😀",
      "é",
      "Z",
      "a/z.d/x",
      "empty/",
    ];
    for (const name of names) await folder.write(name);
    expect(paths(await sync())).toEqual([
      ...["Z", "a", "a/-", "a/z", "a/z.d", "a/z.d/x", "a-b", "a.txt", "b", "empty"],
      ...["é", "\uff5e", "😀"],
    ]);
  });

  it("carries modes, sizes and times as BuildKit reads them", async () => {
    await folder.write("plain", "12345");
    await folder.write("run", "", 0o4755);
    await folder.write("sticky/");
    await chmod(folder.at("sticky"), 0o1777);
    await folder.write("secret", "x", 0o600);
    await symlink("../nowhere", folder.at("link"));
    await lutimes(folder.at("link"), 5, 5);
    const received = await sync();
    expect(modes(received)).toEqual({
      link: (2 ** 27 + 0o777).toString(8),
      plain: "644",
      run: (2 ** 23 + 0o755).toString(8),
      secret: "600",
      sticky: (2 ** 31 + 2 ** 20 + 0o777).toString(8),
    });
    const [link, plain] = received.stats;
    expect(plain).toMatchObject({ size: 5, modifiedNs: 1_700_000_000n * 10n ** 9n, linkName: "" });
    expect(link).toMatchObject({ linkName: "../nowhere", modifiedNs: 5n * 10n ** 9n });
    const { mtimeNs } = await lstat(folder.at("sticky"), { bigint: true });
    expect(received.stats.at(-1)).toMatchObject({ size: 0, modifiedNs: mtimeNs });
  });

  it("names the first of several hard links in the others, and sends its content once", async () => {
    await folder.write("b/first", "same");
    await folder.write("a/");
    await link(folder.at("b/first"), folder.at("c"));
    await link(folder.at("b/first"), folder.at("a/again"));
    const received = await sync();
    const links = received.stats.map((stat) => [stat.path, stat.linkName, stat.size]);
    expect(links.filter(([path]) => path !== "a" && path !== "b")).toEqual([
      ["a/again", "", 4],
      ["b/first", "a/again", 4],
      ["c", "a/again", 4],
    ]);
    expect([...received.contents.keys()]).toEqual(["a/again"]);
    const filtered = await sync({ "exclude-patterns": ["a"] });
    expect(filtered.stats.map((stat) => stat.linkName)).toEqual(["", "", "b/first"]);
  });

  it("takes a pipe along without reading it, and a socket as an empty file", async () => {
    await run("mkfifo", ["-m", "600", folder.at("pipe")]);
    const server = createServer().listen(folder.at("socket"));
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const received = await sync();
    const [pipe, socket] = received.stats;
    expect(pipe?.mode).toBe(2 ** 25 + 0o600);
    expect(socket?.mode).toBe((await lstat(folder.at("socket"))).mode & 0o777);
    expect(received.contents).toEqual(new Map([["socket", Buffer.alloc(0)]]));
    expect(vanished).toEqual([]);
  });

  it("gives everything of Windows the right to run, with slashes in links", async () => {
    await folder.write("script", "", 0o444);
    await symlink("a\\b", folder.at("link"));
    const received = await sync({}, {}, "win32");
    expect(received.stats.map((stat) => [stat.mode & 0o777, stat.linkName])).toEqual([
      [0o755, "a/b"],
      [0o555, ""],
    ]);
  });

  it("knows of Windows neither special bits nor hard links, and paths have slashes only", async () => {
    await folder.write("one/two/first", "same", 0o4666);
    await link(folder.at("one/two/first"), folder.at("one/two/second"));
    await symlink("C:\\shop\\one", folder.at("one/absolute"));
    await folder.write("one/skipped/file");
    const rules = { "exclude-patterns": ["one\\skipped"] };
    const received = await sync({ ...rules, followpaths: ["C:\\one\\two", "one"] }, {}, "win32");
    const folderMode = 2 ** 31 + 0o755;
    expect(received.stats.map(({ path, mode, linkName }) => [path, mode, linkName])).toEqual([
      ["one", folderMode, ""],
      ["one/absolute", 2 ** 27 + 0o755, "C:/shop/one"],
      ["one/two", folderMode, ""],
      ["one/two/first", 0o755, ""],
      ["one/two/second", 0o755, ""],
    ]);
    expect([...received.contents.keys()]).toEqual(["one/two/first", "one/two/second"]);
  });
});

describe("the filters", () => {
  beforeEach(async () => {
    for (const name of ["app/main.ts", "app/lib/x.md", "docs/a.md", "docs/b.txt", "top.md"]) {
      await folder.write(name);
    }
  });

  it.each([
    [
      "nothing",
      {},
      [
        "app",
        "app/lib",
        "app/lib/x.md",
        "app/main.ts",
        "docs",
        "docs/a.md",
        "docs/b.txt",
        "top.md",
      ],
    ],
    [
      "a file and the folders around it",
      { "include-patterns": ["app/lib/x.md"] },
      ["app", "app/lib", "app/lib/x.md"],
    ],
    ["wildcards", { "include-patterns": ["**/*.txt"] }, ["docs", "docs/b.txt"]],
    ["a folder", { "include-patterns": ["docs"] }, ["docs", "docs/a.md", "docs/b.txt"]],
    [
      "everything but",
      { "exclude-patterns": ["docs", "**/*.md"] },
      ["app", "app/lib", "app/main.ts"],
    ],
    [
      "what a later rule takes back in",
      { "exclude-patterns": ["*", "!**/a.md"] },
      ["docs", "docs/a.md"],
    ],
    [
      "both",
      { "include-patterns": ["docs"], "exclude-patterns": ["**/*.md"] },
      ["docs", "docs/b.txt"],
    ],
    ["the whole folder by its dot", { "include-patterns": ["."] }, undefined],
    ["a comma and a blank", { "exclude-patterns": ["app, docs"] }, undefined],
  ])("sends with %s asked for", async (_what, headers, expected) => {
    const received = await sync(headers);
    expect(paths(received)).toEqual(expected ?? paths(await sync()));
  });

  it("follows links of the paths that it is asked for", async () => {
    await symlink("app/lib", folder.at("lib"));
    const received = await sync({ followpaths: ["lib/x.md", "Dockerfile"] });
    expect(paths(received)).toEqual(["app", "app/lib", "app/lib/x.md", "lib"]);
    expect(paths(await sync({ followpaths: ["."] })).length).toBe(9);
  });

  it.each([
    ["a path above the folder", { followpaths: ["../beside/file"] }],
    ["a path of this machine", { followpaths: ["/etc/hostname"] }],
    ["a link above the folder", { followpaths: ["up/beside/file"] }],
    ["a link to a path of this machine", { followpaths: ["etc/hostname"] }],
    ["a pattern above the folder", { "include-patterns": ["../**", "/etc/**"] }],
  ])("sends nothing from outside by %s", async (_what, headers) => {
    const inner = await TempFolder.make();
    onTestFinished(() => inner.remove());
    const beside = path.basename(folder.root);
    await symlink(path.dirname(inner.root), inner.at("up"));
    await symlink("/etc", inner.at("etc"));
    const renamed = Object.fromEntries(
      Object.entries(headers).map(([key, values]) => [
        key,
        values.map((value) => value.replace("beside/file", `${beside}/Dockerfile`)),
      ]),
    );
    const service = makeFileSync({ folders: { context: inner.root }, onProgress: () => undefined });
    const received = await receive(service, { "dir-name": ["context"], ...renamed });
    expect(paths(received).filter((name) => name !== "up" && name !== "etc")).toEqual([]);
    expect(received.contents.size).toBe(0);
  });

  it("lists links in a circle as links, and asks for them ends", async () => {
    await symlink("loop-b", folder.at("loop-a"));
    await symlink("loop-a", folder.at("loop-b"));
    await symlink(".", folder.at("self"));
    const received = await sync({ followpaths: ["loop-a/x", "self/self/self/app"] });
    const links = received.stats.filter(({ linkName }) => linkName !== "");
    expect(links.map(({ path: name, linkName }) => [name, linkName])).toEqual([
      ["loop-a", "loop-b"],
      ["loop-b", "loop-a"],
      ["self", "."],
    ]);
  });

  it("never reads a folder in which nothing is asked for", async () => {
    // Whoever walks into it fails, even root.
    await folder.writeDeep("docs", 2100);
    await expect(sync()).rejects.toMatchObject({ failure: { reason: "its path is too long" } });
    expect(paths(await sync({ "exclude-patterns": ["docs", "!app/x"] }))).not.toContain("docs");
    expect(paths(await sync({ "include-patterns": ["app/*"] }))).not.toContain("docs");
  });

  it.each([["include-patterns"], ["exclude-patterns"]])(
    "refuses an invalid one of %s",
    async (key) => {
      await expect(sync({ [key]: ["ok", "a["] })).rejects.toMatchObject({
        name: "GrpcError",
        code: 3,
        message: "file sync: the pattern is not valid: a[",
      });
    },
  );

  it("copes with ten thousand rules", async () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => `none${index}/*.x`);
    expect(paths(await sync({ "exclude-patterns": [...rules, "app"] }))[0]).toBe("docs");
  });
});

describe("the content", () => {
  it("arrives whole, whatever its size", async () => {
    const sizes = [0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, 3_000_000];
    const random = (size: number): Buffer =>
      Buffer.from(Array.from({ length: size }, (_, at) => (at * 31) >> 3));
    for (const size of sizes) await folder.write(`f${size}`, random(size));
    const { contents } = await sync();
    for (const size of sizes) expect(contents.get(`f${size}`)?.equals(random(size))).toBe(true);
    expect(contents.size).toBe(sizes.length);
  });

  it("goes only for what is asked for", async () => {
    for (const name of ["old", "new"]) await folder.write(name);
    const { contents } = await sync({}, { has: (stat) => stat.path === "old" });
    expect(contents).toEqual(new Map([["new", Buffer.from("new")]]));
    expect(reports.at(-1)).toEqual({
      folder: "context",
      transfer: 1,
      listed: { files: 2, bytes: 6 },
      listingDone: true,
      requested: { files: 1, bytes: 3 },
      sent: { files: 1, bytes: 3 },
      done: true,
    });
  });

  it("is empty where a file has gone or become something else since it was listed", async () => {
    for (const name of ["a", "b", "c", "d", "e"]) await folder.write(name);
    await folder.write("stay/x");
    const spoil = async (): Promise<void> => {
      await rm(folder.at("a"));
      await rm(folder.at("b"));
      await symlink("/etc/passwd", folder.at("b"));
      await rm(folder.at("c"));
      await folder.write("c/");
      await rm(folder.at("d"));
      await run("mkfifo", [folder.at("d")]);
      await rm(folder.at("stay"), { recursive: true });
    };
    const received = await syncAfterListing(spoil);
    const contents = [...received.contents].map(([name, content]) => [name, content.toString()]);
    expect(contents.sort()).toEqual([
      ["a", ""],
      ["b", ""],
      ["c", ""],
      ["d", ""],
      ["e", "e"],
      ["stay/x", ""],
    ]);
    expect(vanished.sort()).toEqual(["a", "b", "c", "d", "stay/x"].map((name) => folder.at(name)));
  });

  it("is what a file holds when it is opened, if it has grown or shrunk", async () => {
    await folder.write("small", "1");
    await folder.write("big", Buffer.alloc(100_000, 1));
    await folder.write("less", Buffer.alloc(100_000, 1));
    const received = await syncAfterListing(async () => {
      await folder.write("small", Buffer.alloc(500_000, 2));
      await folder.write("big", Buffer.alloc(300_000, 2));
      await truncate(folder.at("less"), 10);
    });
    const sizes = [...received.contents].map(([name, content]) => [name, content.length]);
    expect(Object.fromEntries(sizes)).toEqual({ small: 500_000, big: 300_000, less: 10 });
    const total = { files: 3, bytes: 800_010 };
    expect(reports.at(-1)).toMatchObject({ requested: total, sent: total });
  });

  it("is read from where the system lists no size", async () => {
    const service = makeFileSync({
      folders: { context: "/proc/self", dockerfile: "/" },
      onProgress: () => undefined,
    });
    const headers = { "dir-name": ["context"], "include-patterns": ["status"] };
    const { stats, contents } = await receive(service, headers);
    expect(stats).toMatchObject([{ path: "status", size: 0 }]);
    expect(contents.get("status")?.toString()).toContain("Name:");
  });
});

/** Asks for files only after something has happened to them. */
function syncAfterListing(beforeRequests: () => Promise<void>): Promise<Received> {
  return sync({}, { beforeRequests });
}
