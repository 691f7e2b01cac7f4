import { execFile } from "node:child_process";
import { once } from "node:events";
import {
  appendFile,
  chmod,
  link,
  mkdir,
  mkdtemp,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { parseDockerignore } from "../../../src/docker/dockerignore.js";
import { packContext, type GeneratedFile } from "../../../src/docker/tarContext.js";
import { walkContext, type ContextEntry } from "../../../src/docker/walkContext.js";

const run = promisify(execFile);
const never = new AbortController().signal;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "ecr-context-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
});

function walk(ignoreFile = "", signal = never): AsyncGenerator<ContextEntry, void, void> {
  const rules = parseDockerignore(ignoreFile, "linux");
  return walkContext({ root, rules, reinclusion: "literal", platform: "linux" }, signal);
}

async function names(ignoreFile = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of walk(ignoreFile)) found.push(entry.path);
  return found;
}

async function archive(generated: readonly GeneratedFile[] = []): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const packed = { bytes: 0, files: 0 };
  for await (const chunk of packContext(walk(), generated, packed, never)) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  expect(packed.bytes).toBe(all.length);
  return all;
}

/** Lists an archive with the system's tar, or prints one file of it. */
async function tar(bytes: Buffer, ...args: string[]): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), "ecr-tar-")), "context.tar");
  await writeFile(file, bytes);
  onTestFinished(() => rm(path.dirname(file), { recursive: true, force: true }));
  const env = { ...process.env, TZ: "UTC", LC_ALL: "C.UTF-8" };
  return (await run("tar", ["-f", file, ...args], { env })).stdout;
}

async function write(name: string, content: string | Buffer = "x"): Promise<string> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

describe("walkContext", () => {
  it("goes depth first, in the order of bytes", async () => {
    for (const name of ["b", "a/2", "a/1/x", "a-b", "B", "é", "🐳", "\uFFEE"]) await write(name);
    expect(await names()).toEqual([
      "B",
      "a",
      "a/1",
      "a/1/x",
      "a/2",
      "a-b",
      "b",
      "é",
      "\uFFEE",
      "🐳",
    ]);
  });

  it("leaves sockets and pipes out", async () => {
    await write("file");
    await run("mkfifo", [path.join(root, "pipe")]);
    const server = net.createServer().listen(path.join(root, "socket"));
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
    });
    expect(await names()).toEqual(["file"]);
  });

  it("reads an ignored folder only where a rule includes something in it again", async () => {
    for (const name of ["a/b/keep", "a/b/drop", "a/c/drop", "d/drop"]) await write(name);
    // A walk that entered this folder's link would fail on it.
    await symlink("nowhere", path.join(root, "d", "link"));
    expect(await names("a\nd\n!a/b/keep\n")).toEqual(["a/b/keep"]);
    expect(await names("*\n")).toEqual([]);
  });

  it("names the folder that is gone", async () => {
    await write("a/x");
    await write("b/x");
    const entries = walk();
    await entries.next();
    await entries.next();
    await rm(path.join(root, "b"), { recursive: true });
    await expect(entries.next()).rejects.toMatchObject({
      failure: {
        kind: "context-unreadable",
        path: path.join(root, "b"),
        reason: "it does not exist",
      },
    });
  });

  it("stops when it is cancelled", async () => {
    await write("a");
    await expect(walk("", AbortSignal.abort()).next()).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("packContext", () => {
  it("writes what tar reads: modes, links, long names, times, and root as the owner", async () => {
    const deep = `${"long/".repeat(30)}${"n".repeat(120)}`;
    await chmod(await write("setuid"), 0o4755);
    await chmod(await write("plain", "12345"), 0o640);
    await write(deep, Buffer.alloc(513, 7));
    await write("ünï 文.txt");
    await write("empty-file", "");
    await mkdir(path.join(root, "sticky"));
    await chmod(path.join(root, "sticky"), 0o1777);
    await symlink("ünï 文.txt", path.join(root, "link"));
    await symlink(`/${"t".repeat(150)}`, path.join(root, "long-link"));
    await link(path.join(root, "plain"), path.join(root, "second-name"));
    for (const [name, year] of [
      ["setuid", 2001],
      ["plain", 1955],
      ["empty-file", 2077],
    ] as const) {
      const time = Date.UTC(year, 1, 3, 4, 5, 6) / 1000;
      await utimes(path.join(root, name), time, time);
    }
    const bytes = await archive();
    expect(bytes.length % 512).toBe(0);
    const rows = (await tar(bytes, "-tv", "--quoting-style=literal", "--full-time")).split("\n");
    const row = (name: string): string => rows.find((line) => line.includes(` ${name}`)) ?? "";
    expect(rows.filter(Boolean).every((line) => / 0\/0 /.test(line))).toBe(true);
    expect(row("setuid")).toMatch(/^-rwsr-xr-x 0\/0 +1 2001-02-03 04:05:06 /);
    expect(row("plain")).toMatch(/^-rw-r----- 0\/0 +5 /);
    expect(row("empty-file")).toMatch(/^-rw.* 0 2077-02-03 04:05:06 /);
    expect(row("sticky/")).toMatch(/^drwxrwxrwt/);
    expect(row("link ->")).toMatch(/^l.* link -> ünï 文\.txt$/);
    expect(row("long-link")).toContain(` -> /${"t".repeat(150)}`);
    expect(row(deep)).toMatch(/ 513 /);
    expect(row("second-name")).toMatch(/^-rw-r----- 0\/0 +5 /);
    expect(await tar(bytes, "-xO", "plain")).toBe("12345");
    expect(await tar(bytes, "-xO", "ünï 文.txt")).toBe("x");
  });

  it("keeps a mode without any right", async () => {
    const entry: ContextEntry = {
      path: "closed",
      absolutePath: path.join(root, "closed"),
      type: "directory",
      mode: 0,
      modifiedAt: new Date(0),
      sizeBytes: 0,
      linkTarget: "",
    };
    async function* one(): AsyncGenerator<ContextEntry, void, void> {
      yield await Promise.resolve(entry);
    }
    const chunks: Buffer[] = [];
    const packed = { bytes: 0, files: 0 };
    for await (const chunk of packContext(one(), [], packed, never)) chunks.push(chunk);
    expect(await tar(Buffer.concat(chunks), "-tv")).toMatch(/^d---------/);
  });

  it("puts generated files in the place of the context's own", async () => {
    await write(".dockerignore", "from the context");
    await write("a");
    const content = Buffer.from("generated");
    const bytes = await archive([{ path: ".dockerignore", content }]);
    expect((await tar(bytes, "-t")).trim().split("\n").sort()).toEqual([".dockerignore", "a"]);
    expect(await tar(bytes, "-xO", ".dockerignore")).toBe("generated");
  });

  it.each([
    ["grows", (file: string): Promise<void> => appendFile(file, "more")],
    ["shrinks", (file: string): Promise<void> => truncate(file, 10)],
  ])("names a file that %s while it is read", async (_, change) => {
    const file = await write("big", Buffer.alloc(1_000_000));
    const packing = packContext(walk(), [], { bytes: 0, files: 0 }, never);
    await packing.next();
    await packing.next();
    await change(file);
    const rest = async (): Promise<void> => {
      for await (const chunk of packing) expect(chunk.length).toBeGreaterThan(0);
    };
    await expect(rest()).rejects.toMatchObject({
      failure: {
        kind: "context-unreadable",
        path: file,
        reason: "it changed while it was read",
      },
    });
  });

  it("names a file or a folder that may not be read, unless it is ignored", async () => {
    const file = await write("closed-file");
    const folder = path.join(root, "open", "closed-folder");
    await write("open/closed-folder/x");
    await chmod(root, 0o755);
    await chmod(file, 0);
    await chmod(folder, 0);
    onTestFinished(() => chmod(folder, 0o755));
    const pack = async (ignoreFile: string): Promise<unknown> => {
      const program = path.join(import.meta.dirname, "packWithoutRights.ts");
      const args = ["--import", "tsx", program, root, ignoreFile];
      return JSON.parse((await run(process.execPath, args)).stdout);
    };
    const denied = { kind: "context-unreadable", reason: "permission is denied" };
    expect(await pack("")).toEqual({ ...denied, path: file });
    expect(await pack("closed-file")).toEqual({ ...denied, path: folder });
    expect(await pack("closed-file\n**/closed-folder")).toEqual({ files: 0 });
  });

  it("reads no further than its chunks are taken, with one file open", async () => {
    for (let index = 0; index < 20; index++) await write(`file${index}`, Buffer.alloc(300_000));
    const packed = { bytes: 0, files: 0 };
    const packing = packContext(walk(), [], packed, never);
    for (let taken = 0; taken < 5; taken++) await packing.next();
    expect(packed.files).toBeLessThanOrEqual(5);
    await packing.return();
  });
});
