import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OfferedFiles } from "../../../../../src/docker/buildkit/diffCopyFiles.js";
import { DiffCopySender } from "../../../../../src/docker/buildkit/diffCopySender.js";
import { PacedDisk } from "../../../../../src/docker/buildkit/fileSyncDisk.js";
import { TransferProgress } from "../../../../../src/docker/buildkit/fileSyncProgress.js";
import { parsePatterns } from "../../../../../src/docker/dockerignore.js";
import { type SyncEntry, walkForSync } from "../../../../../src/docker/buildkit/syncWalk.js";
import { readPacket } from "./packets.js";
import { TempFolder } from "./tempFolder.js";

let folder: TempFolder;

beforeEach(async () => {
  folder = await TempFolder.make();
});

afterEach(() => folder.remove());

describe("PacedDisk", () => {
  it("reads small files at one go, and says which must be read in pieces", async () => {
    await folder.write("small", "abc");
    await folder.write("dir/");
    const disk = new PacedDisk();
    const read = async (name: string, maxBytes: number): Promise<string | undefined> => {
      const buffer = Buffer.alloc(8);
      const bytes = await disk.readSmall(folder.at(name), buffer, maxBytes);
      return bytes === undefined ? undefined : buffer.toString("utf8", 0, bytes);
    };
    expect(await read("small", 3)).toBe("abc");
    expect(await read("small", 2)).toBeUndefined();
    expect(await read("dir", 2 ** 20)).toBeUndefined();
    await expect(read("none", 3)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("lists folders of any size, whichever way it reads them", async () => {
    const names = Array.from({ length: 2500 }, (_, index) => String(index));
    for (const name of names) await folder.write(`many/${name}`);
    await folder.write("few/dir/");
    for (const disk of [new PacedDisk(), new PacedDisk(100)]) {
      const many = await disk.readFolder(folder.at("many"));
      expect(many.map(({ name }) => name).sort()).toEqual(names.toSorted());
      const [only] = await disk.readFolder(folder.at("few"));
      expect([only?.name, only?.isDirectory()]).toEqual(["dir", true]);
      expect(await disk.readFolder(folder.at("few/dir"))).toEqual([]);
      await expect(disk.readFolder(folder.at("none"))).rejects.toMatchObject({ code: "ENOENT" });
    }
  });

  it("gives others a turn of the event loop while it is at work", async () => {
    await folder.write("file");
    const disk = new PacedDisk();
    let turns = 0;
    let working = true;
    const count = (): void => {
      turns++;
      if (working) setImmediate(count);
    };
    setImmediate(count);
    const until = performance.now() + 100;
    while (performance.now() < until) await disk.lstat(folder.at("file"));
    working = false;
    await delay(0);
    expect(turns).toBeGreaterThan(3);
  });
});

it("lists and sends the same through Node's threads as by calls that block", async () => {
  const names = ["a/b", "a/empty", "c"];
  for (const name of names) await folder.write(name, name.endsWith("y") ? "" : name);
  await folder.write("large", Buffer.alloc(200_000, "x"));
  expect(await send(new PacedDisk(1_000_000))).toEqual(await send(new PacedDisk()));

  async function send(disk: PacedDisk): Promise<unknown> {
    const { signal } = new AbortController();
    const platform = process.platform;
    const walk = { root: folder.root, includes: undefined, excludes: parsePatterns([]), platform };
    const sent = new Map<number, number>();
    const failures: unknown[] = [];
    const sender = new DiffCopySender(
      {
        root: folder.root,
        disk,
        progress: new TransferProgress("context", 1, () => undefined),
        send: (message) => {
          const { id, data } = readPacket(message);
          sent.set(id, (sent.get(id) ?? 0) + data.length);
          return Promise.resolve();
        },
        onVanished: (file) => failures.push(file),
        signal,
      },
      (error) => failures.push(error),
    );
    const files = new OfferedFiles();
    const entries: SyncEntry[] = [];
    for await (const batch of walkForSync(walk, disk, signal)) entries.push(...batch);
    for (const [id, entry] of entries.entries()) {
      files.add(entry);
      if (entry.readable) sender.request(files.take(id));
    }
    await sender.settle();
    expect(sender.unsent).toBe(0);
    expect(failures).toEqual([]);
    return { entries, sent: [...sent].sort(([a], [b]) => a - b) };
  }
});
