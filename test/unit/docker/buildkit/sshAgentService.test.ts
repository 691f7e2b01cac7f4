import { mkdtemp, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished, describe, expect, it } from "vitest";
import {
  decodeBytesMessages,
  encodeBytesMessages,
} from "../../../../src/docker/buildkit/bytesMessage.js";
import { FieldWriter } from "../../../../src/docker/buildkit/protoFields.js";
import type { SessionCall } from "../../../../src/docker/buildkit/sessionService.js";
import { sshAgentService } from "../../../../src/docker/buildkit/sshAgentService.js";
import { connectSshAgent, findSshAgents } from "../../../../src/docker/buildkit/sshAgentSocket.js";
import { bytesOf, callOf, patience } from "./wire.js";

const CHECK = "/moby.sshforward.v1.SSH/CheckAgent";
const FORWARD = "/moby.sshforward.v1.SSH/ForwardAgent";
const REFUSAL = message(5);

/** Makes a message of the agents' protocol. */
function message(type: number, bodyBytes = 0): Buffer {
  const frame = Buffer.alloc(5 + bodyBytes, 7);
  frame.writeUInt32BE(1 + bodyBytes, 0);
  frame[4] = type;
  return frame;
}

/** Starts an agent that answers as the test says, and keeps what it was asked. */
async function startAgent(
  answer: (question: Buffer, socket: net.Socket) => void,
): Promise<{ socketPath: string; asked: Buffer[]; open: Set<net.Socket> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "ssh-agent-"));
  const socketPath = path.join(folder, "agent.sock");
  const asked: Buffer[] = [];
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => undefined);
    socket.on("data", (data: Buffer) => {
      asked.push(data);
      answer(data, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { socketPath, asked, open };
}

function forwardCall(
  messages: AsyncIterable<Uint8Array>,
  more: Partial<SessionCall> = {},
): { call: SessionCall; sent: Uint8Array[] } {
  const { call, sent } = callOf(FORWARD, []);
  return { call: { ...call, messages, ...more }, sent };
}

async function* inMessages(...pieces: readonly Buffer[]): AsyncGenerator<Uint8Array, void, void> {
  for (const piece of pieces) yield* encodeBytesMessages(await Promise.resolve(piece));
}

async function bytesIn(messages: readonly Uint8Array[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of decodeBytesMessages(bytesOf(...messages))) parts.push(part);
  return Buffer.concat(parts);
}

describe("an SSH agent that is lent to a build", () => {
  it("lists keys and signs, however the bytes are cut", async () => {
    const big = message(14, 100_000);
    const agent = await startAgent((question, socket) => {
      const answer = question[4] === 11 ? message(12, 20) : big;
      for (let at = 0; at < answer.length; at += 33_000)
        socket.write(answer.subarray(at, at + 33_000));
    });
    const ask = Buffer.concat([message(11), message(13, 300)]);
    const { call, sent } = forwardCall(inMessages(...Array.from(ask, (byte) => Buffer.of(byte))));
    await sshAgentService(new Map([["default", agent.socketPath]])).handle(call);
    expect(await bytesIn(sent)).toEqual(Buffer.concat([message(12, 20), big]));
    expect(Math.max(...sent.map(({ length }) => length))).toBeLessThan(33_000);
    expect(agent.asked).toEqual([message(11), message(13, 300)]);
    await expect.poll(() => agent.open.size).toBe(0);
  });

  it.each([
    ["add a key", 17],
    ["remove a key", 18],
    ["remove all keys", 19],
    ["lock it", 22],
    ["unlock it", 23],
    ["add a key with limits", 25],
    ["extend it", 27],
  ])("lets no step %s", async (_what, type) => {
    const agent = await startAgent((_question, socket) => socket.write(message(12)));
    const { call, sent } = forwardCall(inMessages(message(type, 8), message(11)));
    await sshAgentService(new Map([["default", agent.socketPath]])).handle(call);
    expect(await bytesIn(sent)).toEqual(Buffer.concat([REFUSAL, message(12)]));
    expect(agent.asked).toEqual([message(11)]);
  });

  it("is the one whose id the step names", async () => {
    const one = await startAgent((_question, socket) => socket.write(message(12, 1)));
    const two = await startAgent((_question, socket) => socket.write(message(12, 2)));
    const service = sshAgentService(
      new Map([
        ["default", one.socketPath],
        ["two", two.socketPath],
      ]),
    );
    for (const [id, bytes] of [
      ["", 1],
      ["default", 1],
      ["two", 2],
    ] as const) {
      const values = (name: string): string[] => (name === "buildkit.ssh.id" && id ? [id] : []);
      const { call, sent } = forwardCall(inMessages(message(11)), { metadata: { values } });
      await service.handle(call);
      expect(await bytesIn(sent)).toEqual(message(12, bytes));
    }
  });

  it("reads no further question before BuildKit has taken the answer", async () => {
    const agent = await startAgent((_question, socket) => socket.write(message(12, 60_000)));
    let taken: () => void = () => undefined;
    const room = new Promise<void>((resolve) => (taken = resolve));
    let offered = 0;
    const { call } = forwardCall(inMessages(message(11), message(11)), {
      send: () => {
        offered++;
        return room;
      },
    });
    const forwarding = sshAgentService(new Map([["default", agent.socketPath]])).handle(call);
    await expect.poll(() => offered).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([offered, agent.asked.length]).toEqual([1, 1]);
    taken();
    await forwarding;
    expect([offered, agent.asked.length]).toEqual([4, 2]);
  });

  it.each([
    ["an empty message", Buffer.alloc(4), "the build step sent a message of 0 bytes"],
    ["four gigabytes", Buffer.alloc(5, 255), "the build step sent a message of 4294967295 bytes"],
    ["half a message", message(11, 9).subarray(0, 8), "the build step broke off inside a message"],
  ])("refuses %s", async (_what, bytes, reason) => {
    const agent = await startAgent(() => undefined);
    const { call } = forwardCall(inMessages(bytes));
    const forwarding = sshAgentService(new Map([["default", agent.socketPath]])).handle(call);
    await expect(forwarding).rejects.toThrow(reason);
    await expect.poll(() => agent.open.size).toBe(0);
  });

  it("ends the call when the agent closes, and when it answers nonsense", async () => {
    const closing = await startAgent((_question, socket) => socket.end());
    const mad = await startAgent((_question, socket) => socket.write(Buffer.alloc(9, 255)));
    const service = sshAgentService(
      new Map([
        ["default", closing.socketPath],
        ["mad", mad.socketPath],
      ]),
    );
    await expect(service.handle(forwardCall(inMessages(message(11))).call)).rejects.toThrow(
      "the SSH agent closed the connection",
    );
    const values = (): string[] => ["mad"];
    const { call } = forwardCall(inMessages(message(11)), { metadata: { values } });
    await expect(service.handle(call)).rejects.toThrow(
      "the SSH agent sent a message of 4294967295",
    );
  });

  it("lets the agent go when the call is aborted", async () => {
    const agent = await startAgent(() => undefined);
    const stop = new AbortController();
    const { call } = forwardCall(inMessages(message(11)), { signal: stop.signal });
    const forwarding = sshAgentService(new Map([["default", agent.socketPath]])).handle(call);
    await expect.poll(() => agent.asked.length).toBe(1);
    stop.abort();
    await expect(forwarding).rejects.toThrow();
    await expect.poll(() => agent.open.size).toBe(0);
  });

  it("is looked for when BuildKit asks whether it is there", async () => {
    const agent = await startAgent(() => undefined);
    const service = sshAgentService(
      new Map([
        ["default", agent.socketPath],
        ["gone", "/nowhere"],
      ]),
    );
    const ask = (id: string): { call: SessionCall; sent: Uint8Array[] } =>
      callOf(CHECK, [new FieldWriter().text(1, id).finish()]);
    const { call, sent } = ask("");
    await service.handle(call);
    expect(sent).toEqual([new Uint8Array(0)]);
    await expect(service.handle(ask("gone").call)).rejects.toMatchObject({
      failure: { kind: "ssh-agent-unavailable", path: "/nowhere", reason: "it does not exist" },
    });
    await expect(service.handle(ask("other").call)).rejects.toThrow("no SSH agent other");
  });
});

describe("finding SSH agents", () => {
  it("takes the path that is named, else the user's own", () => {
    const environment = { SSH_AUTH_SOCK: "/run/own.sock" };
    const found = findSshAgents(
      { default: undefined, work: "/run/work.sock" },
      environment,
      "linux",
    );
    expect([...found]).toEqual([
      ["default", "/run/own.sock"],
      ["work", "/run/work.sock"],
    ]);
  });

  it("takes the pipe of Windows where nothing is named", () => {
    const found = findSshAgents({ default: undefined }, {}, "win32");
    expect([...found]).toEqual([["default", "\\\\.\\pipe\\openssh-ssh-agent"]]);
  });

  it("fails where no agent is known", () => {
    for (const environment of [{}, { SSH_AUTH_SOCK: "" }]) {
      expect(() => findSshAgents({ default: undefined }, environment, "linux")).toThrow(
        'ssh-agent-unavailable {"reason":"SSH_AUTH_SOCK is not set"}',
      );
    }
  });

  it("says why an agent does not answer", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "ssh-agent-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, "file");
    await writeFile(file, "");
    await expect(connectSshAgent(file, patience)).rejects.toMatchObject({
      failure: { kind: "ssh-agent-unavailable", path: file, reason: "nothing listens there" },
    });
    await expect(connectSshAgent(file, AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
