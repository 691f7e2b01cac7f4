import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, link, lutimes, mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  makeFolder,
  patience,
} from "../../engineUnderTest.js";
import type { Builder } from "../../engineUnderTest.js";
import { readImageFiles } from "./imageFiles.js";

const run = promisify(execFile);

describe.each(await buildKitsUnderTest())("a context on its way to $label", ({ host }) => {
  it("makes the image that the classic builder makes of it", async () => {
    const folder = await makeOddFolder();
    const [ours, classic] = [await build(folder), await build(folder, "the classic builder")];
    const files = await readImageFiles(host, ours);
    const before = await readImageFiles(host, classic);
    // The classic builder loses the right when it gives the file to root.
    const run = { ...before["bin/run"], mode: "4755" };
    expect(files).toEqual({ ...before, "bin/run": run });
    expect(Object.keys(files).length).toBeGreaterThan(20);
    expect(files["bin/run"]).toMatchObject({ type: "file", mode: "4755", owner: "0:0" });
    expect(files["shared/"]).toMatchObject({ type: "directory", mode: "1777" });
    expect(files["links/😀"]).toMatchObject({ type: "symlink", target: "../ünïcödé/文件" });
  });

  it("reaches with a wildcard into ignored folders, where the classic builder does not", async () => {
    const folder = await makeOddFolder();
    await writeFile(path.join(folder, ".dockerignore"), "deep\n!**/leaf\n");
    const ours = Object.keys(await readImageFiles(host, await build(folder)));
    const classic = await readImageFiles(host, await build(folder, "the classic builder"));
    const more = ours.filter((name) => !Object.hasOwn(classic, name));
    expect(more).toEqual(["deep/", "deep/a/", "deep/a/b/", "deep/a/b/leaf"]);
    expect(Object.keys(classic).filter((name) => !ours.includes(name))).toEqual([]);
  });

  it("does not wait for a pipe, and takes a socket for an empty file", async () => {
    const folder = await makeOddFolder();
    await addPipeAndSocket(folder);
    const files = await readImageFiles(host, await build(folder));
    // Engines before 23 leave pipes out.
    expect([undefined, "fifo"]).toContain(files["pipe"]?.type);
    expect(files["socket"]).toMatchObject({ type: "file", content: files["empty"]?.content });
  });

  it("holds what a link in COPY leads to, and nothing from outside", async () => {
    const folder = await makeOddFolder(
      "FROM scratch\nCOPY links/way/leaf up/etc/hostname* links/😀 /\n",
    );
    await symlink("../deep/a/b", path.join(folder, "links/way"));
    await symlink("../../../..", path.join(folder, "up"));
    await mkdir(path.join(folder, "etc"));
    await writeFile(path.join(folder, "etc/hostname-of-context"), "inside");
    const files = await readImageFiles(host, await build(folder));
    expect(Object.keys(files).sort()).toEqual(["hostname-of-context", "leaf", "😀"]);
  });

  async function build(folder: string, builder: Builder = "BuildKit"): Promise<string> {
    const { result } = await collect(engineAt(host, builder).build(buildOf(folder), patience));
    return result.imageId;
  }
});

/** Makes a context of everything odd that a file system holds; no two are alike. */
async function makeOddFolder(dockerfile = "FROM scratch\nCOPY . /\n"): Promise<string> {
  const folder = await makeFolder({
    Dockerfile: dockerfile,
    unique: randomUUID(),
    "bin/run": "#!/bin/sh\n",
    "ünïcödé/文件": "name",
    "deep/a/b/leaf": "leaf",
    "order/a/x": "",
    "order/a.x": "",
    "order/a-x": "",
    "order/\uff5e": "",
    "order/😀": "",
    "group/file": "",
    "with space, comma/and \\ 'quotes' $x*": "odd",
    empty: "",
    big: "0123456789".repeat(70_000),
  });
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at("empty-folder/inner"), { recursive: true });
  await mkdir(at("links"));
  await mkdir(at("shared"));
  await symlink("../ünïcödé/文件", at("links/😀"));
  await symlink("/etc/passwd", at("links/absolute"));
  await symlink("nowhere", at("links/dangling"));
  await link(at("big"), at("again"));
  await link(at("big"), at("links/again"));
  await chmod(at("bin/run"), 0o4755);
  await chmod(at("group"), 0o2750);
  await chmod(at("shared"), 0o1777);
  await chmod(at("unique"), 0o600);
  await utimes(at("empty"), 1_000_000, 1_000_000);
  await lutimes(at("links/dangling"), 1_000_000, 1_000_000);
  return folder;
}

async function addPipeAndSocket(folder: string): Promise<void> {
  await run("mkfifo", ["-m", "640", path.join(folder, "pipe")]);
  const server = createServer().listen(path.join(folder, "socket"));
  onTestFinished(() => void server.close());
  await once(server, "listening");
}
