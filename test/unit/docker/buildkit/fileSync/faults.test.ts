import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFileSync } from "../../../../../src/docker/buildkit/fileSync.js";
import { callOf } from "../wire.js";
import { readPacket, writePacket } from "./packets.js";
import { HANG_UP, receive, type Received, type ReceiverOptions } from "./receiver.js";
import { TempFolder } from "./tempFolder.js";

const run = promisify(execFile);
let folder: TempFolder;

beforeEach(async () => {
  folder = await TempFolder.make();
  await folder.write("dir/a");
  await folder.write("dir/b");
});

afterEach(() => folder.remove());

function sync(options: ReceiverOptions, name = "context"): Promise<Received> {
  const folders = { context: folder.root, dockerfile: folder.at("none") };
  const service = makeFileSync({ folders, onProgress: () => undefined });
  return receive(service, { "dir-name": [name] }, options);
}

/** A receiver that says these packets when everything is listed, and nothing else. */
function saying(...packets: readonly Uint8Array[]): ReceiverOptions {
  return {
    polite: false,
    onPacket: ({ type, stat }) => (type === 0 && !stat ? packets : undefined),
  };
}

const end = writePacket(3);

describe("a receiver off the protocol", () => {
  it.each<[string, readonly Uint8Array[], string]>([
    ["asks for a folder", [writePacket(1, 0)], "file 0 was requested, which is not on offer"],
    ["asks for what was not offered", [writePacket(1, 3)], "file 3 was requested"],
    ["asks for the last number", [writePacket(1, 2 ** 32 - 1)], "file 4294967295 was requested"],
    ["asks twice", [writePacket(1, 1), writePacket(1, 1)], "file 1 was requested"],
    ["ends early", [writePacket(1, 1), end], "ended it while 1 files were on their way"],
    ["sends a stat", [new Uint8Array([0x12, 0])], "a packet of type 0 came from the receiver"],
    ["sends data", [writePacket(2, 1, "x")], "a packet of type 2 came from the receiver"],
    ["sends noise", [Uint8Array.of(0xff, 0xff)], "a packet can't be read"],
    ["sends a part of a packet", [Uint8Array.of(0x08)], "a packet can't be read"],
    ["breaks off", [HANG_UP], "BuildKit broke off"],
    ["fails", [writePacket(4, 0, "no space left on device")], "BuildKit failed: no space left"],
  ])("%s", async (_what, packets, message) => {
    await expect(sync(saying(...packets))).rejects.toMatchObject({
      name: "GrpcError",
      message: expect.stringContaining(message) as string,
      received: { errors: [expect.stringContaining(message)] },
    });
  });

  it("ends before everything is listed", async () => {
    const early: ReceiverOptions = { polite: false, onPacket: () => [end] };
    for (let index = 0; index < 300; index++) await folder.write(`many/${index}`);
    await expect(sync(early)).rejects.toThrow("ended it before everything was listed");
  });

  it("asks for a folder that is not shared", async () => {
    await expect(sync({}, "/etc")).rejects.toMatchObject({
      name: "GrpcError",
      code: 5,
      message: 'file sync: no folder is shared under the name "/etc"',
    });
  });

  it("does not keep a second try from going well", async () => {
    const folders = { context: folder.root, dockerfile: folder.root };
    const service = makeFileSync({ folders, onProgress: () => undefined });
    const headers = { "dir-name": ["context"] };
    await expect(receive(service, headers, saying(HANG_UP))).rejects.toThrow("broke off");
    expect((await receive(service, headers)).contents.size).toBe(2);
  });
});

describe("a folder that can't be sent", () => {
  it("is named when it is not there", async () => {
    await expect(sync({}, "dockerfile")).rejects.toMatchObject({
      failure: { kind: "context-unreadable", path: folder.at("none"), reason: "it does not exist" },
    });
  });

  it("names what may not be read, also to BuildKit, unless it is excluded", async () => {
    await chmod(folder.root, 0o755);
    await folder.write("closed-file", "x", 0);
    await folder.write("closed-folder/file");
    await chmod(folder.at("closed-folder"), 0);
    const send = async (...excluded: string[]): Promise<unknown> => {
      const program = path.join(import.meta.dirname, "syncWithoutRights.ts");
      const args = ["--import", "tsx", program, folder.root, ...excluded];
      return JSON.parse((await run(process.execPath, args)).stdout);
    };
    const denied = (name: string): unknown => ({
      failure: {
        kind: "context-unreadable",
        path: folder.at(name),
        reason: "permission is denied",
      },
      said: [`${folder.at(name)} can't be read: permission is denied`],
    });
    expect(await send("closed-folder")).toEqual(denied("closed-file"));
    expect(await send("closed-file")).toEqual(denied("closed-folder"));
    const rest = { paths: ["dir", "dir/a", "dir/b"] };
    expect(await send("closed-*")).toEqual(rest);
    // A rule may include something in the folder again, but the folder hides it.
    expect(await send("closed-*", "!**/nothing")).toEqual(rest);
  });

  it("is named when its name is not UTF-8", async () => {
    const name = Buffer.concat([Buffer.from(`${folder.root}/bad`), Buffer.of(0xff)]);
    await writeFile(name, "x");
    await expect(sync({})).rejects.toMatchObject({
      failure: { path: folder.at("bad\uFFFD"), reason: "its name is not UTF-8" },
    });
  });

  it("is named when it is deeper than paths can be", async () => {
    await folder.writeDeep("deep", 10_000);
    await expect(sync({})).rejects.toMatchObject({ failure: { reason: "its path is too long" } });
  });
});

describe("a sync that is given up", () => {
  it.each(["while it lists", "while it sends"])("ends with an AbortError %s", async (when) => {
    for (let index = 0; index < 1000; index++) await folder.write(`many/${index}`);
    const stop = new AbortController();
    const syncing = sync({
      signal: stop.signal,
      onPacket: ({ type }) => {
        if (type === (when === "while it lists" ? 0 : 2)) stop.abort();
        return undefined;
      },
    });
    await expect(syncing).rejects.toMatchObject({ name: "AbortError" });
  });

  it("does not begin when it was given up before", async () => {
    await expect(sync({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
      received: { stats: [] },
    });
  });

  it("is nobody's failure when BuildKit breaks off meanwhile", async () => {
    const folders = { context: folder.root, dockerfile: folder.root };
    const rejections: unknown[] = [];
    const note = (reason: unknown): unknown => rejections.push(reason);
    process.on("unhandledRejection", note);
    const { call } = callOf("", []);
    const metadata = { values: (name: string) => (name === "dir-name" ? ["context"] : []) };
    const given = makeFileSync({ folders, onProgress: () => undefined }).handle({
      ...call,
      metadata,
      signal: AbortSignal.abort(),
    });
    await expect(given).rejects.toMatchObject({ name: "AbortError" });
    await delay(20);
    process.off("unhandledRejection", note);
    expect(rejections).toEqual([]);
  });

  it("leaves no file open, and opens few at a time", async () => {
    for (let index = 0; index < 40; index++) await folder.write(`f${index}`, Buffer.alloc(600_000));
    const countOpen = async (): Promise<number> => {
      const targets = await run("sh", [
        "-c",
        `ls -l /proc/${process.pid}/fd | grep -c ${folder.root} || true`,
      ]);
      return Number(targets.stdout);
    };
    const counts: Promise<number>[] = [];
    const stop = new AbortController();
    const syncing = sync({
      signal: stop.signal,
      keep: false,
      onPacket: ({ type, id }) => {
        if (type === 2 && id % 8 === 0) counts.push(countOpen());
        if (id === 39) stop.abort();
        return undefined;
      },
    });
    await expect(syncing).rejects.toMatchObject({ name: "AbortError" });
    expect(await countOpen()).toBe(0);
    expect(Math.max(...(await Promise.all(counts)))).toBeLessThanOrEqual(4);
  });
});

it("reads no further than the receiver takes", async () => {
  for (let index = 0; index < 20; index++) await folder.write(`f${index}`, Buffer.alloc(600_000));
  const folders = { context: folder.root, dockerfile: folder.root };
  const service = makeFileSync({ folders, onProgress: () => undefined });
  const stop = new AbortController();
  let listed: () => void = () => undefined;
  const listing = new Promise<void>((resolve) => (listed = resolve));
  let waiting = 0;
  const syncing = service.handle({
    path: "",
    metadata: { values: (name) => (name === "dir-name" ? ["context"] : []) },
    messages: (async function* () {
      await listing;
      for (let id = 3; id < 20; id++) yield writePacket(1, id);
      await new Promise(() => undefined);
    })(),
    // Content is never taken.
    send: async (...packets) => {
      const [packet] = packets.map(readPacket);
      if (packet?.type === 0 && !packet.stat) listed();
      if (packet?.type !== 2) return;
      waiting++;
      await new Promise((_resolve, reject) => {
        stop.signal.addEventListener("abort", reject);
      });
    },
    signal: stop.signal,
  });
  const given = expect(syncing).rejects.toMatchObject({ name: "AbortError" });
  while (waiting < 4) await delay(5);
  // Time for a fifth, if there were one.
  await delay(50);
  expect(waiting).toBe(4);
  stop.abort();
  await given;
});
