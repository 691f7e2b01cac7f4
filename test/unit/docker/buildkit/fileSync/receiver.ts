import type {
  SessionCall,
  SessionService,
} from "../../../../../src/docker/buildkit/sessionService.js";
import { readPacket, writePacket, type ReceivedPacket, type ReceivedStat } from "./packets.js";

/** What a receiver got. */
export interface Received {
  readonly stats: ReceivedStat[];
  /** Content by path, of files that were asked for. */
  readonly contents: Map<string, Buffer>;
  /** The texts of error packets. */
  readonly errors: string[];
}

/** How a receiver differs from one that is new to the folder. */
export interface ReceiverOptions {
  /** Tells what the receiver has already; it asks for the other regular files. */
  readonly has?: (stat: ReceivedStat) => boolean;
  /** Looks at each packet first; what it returns is said to the sender. */
  readonly onPacket?: (packet: ReceivedPacket) => readonly Uint8Array[] | undefined;
  /** False for a receiver that only says what `onPacket` says. */
  readonly polite?: boolean;
  /** False for one that counts content and forgets it. */
  readonly keep?: boolean;
  /** Runs when everything is listed; files are asked for afterwards. */
  readonly beforeRequests?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

type Headers = Readonly<Record<string, readonly string[]>>;

const PACKET = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;
/** Go's bits of everything that is no regular file. */
const TYPE_BITS = 0x8f280000;

/**
 * Takes a folder from a service as BuildKit does: asks for regular files that it lacks, each once,
 * and ends the sync when it has them. Throws where BuildKit would refuse what it gets.
 */
export async function receive(
  service: SessionService,
  headers: Headers,
  options: ReceiverOptions = {},
): Promise<Received> {
  const received: Received = { stats: [], contents: new Map(), errors: [] };
  const outbox = new Outbox();
  const order = new OrderCheck();
  const open = new Map<number, Buffer[]>();
  const held: number[] = [];
  const state = { offered: 0, listed: false, ended: false };

  const answer = (packet: ReceivedPacket): void => {
    if (state.ended) throw new Error("a packet came after the end");
    if (packet.type === PACKET.error) {
      received.errors.push(Buffer.from(packet.data).toString());
    } else if (packet.type === PACKET.end) {
      state.ended = true;
    } else if (packet.type === PACKET.data) {
      const parts = open.get(packet.id);
      if (!parts) throw new Error(`data came for ${packet.id}, which is not open`);
      if (packet.data.length > 0) {
        if (options.keep !== false) parts.push(Buffer.from(packet.data));
      } else {
        received.contents.set(received.stats[packet.id]?.path ?? "", Buffer.concat(parts));
        open.delete(packet.id);
      }
    } else if (packet.stat) {
      const id = state.offered++;
      const { stat } = packet;
      order.check(stat);
      received.stats.push(stat);
      if (stat.linkName === "" && (stat.mode & TYPE_BITS) === 0 && !options.has?.(stat)) {
        open.set(id, []);
        if (options.beforeRequests) held.push(id);
        else if (options.polite !== false) outbox.push(writePacket(PACKET.request, id));
      }
    } else {
      state.listed = true;
      void options.beforeRequests?.().then(
        () => {
          for (const id of held) outbox.push(writePacket(PACKET.request, id));
        },
        (error: unknown) => {
          outbox.push(writePacket(PACKET.error, 0, String(error)));
        },
      );
    }
    if (options.polite !== false && state.listed && open.size === 0) {
      state.listed = false;
      outbox.push(writePacket(PACKET.end));
    }
  };
  const call: SessionCall = {
    path: service.methods[0] ?? "",
    metadata: { values: (name) => headers[name] ?? [] },
    messages: outbox,
    send: async (...packets) => {
      for (const packet of packets.map(readPacket)) {
        const said = options.onPacket?.(packet);
        answer(packet);
        for (const one of said ?? []) outbox.push(one);
      }
      await Promise.resolve();
    },
    signal: options.signal ?? new AbortController().signal,
  };
  try {
    await service.handle(call);
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { received });
  }
  if (!state.ended) throw new Error("the sender did not end the sync");
  return received;
}

/** Refuses what is out of order, as BuildKit does: parents first, siblings by their bytes. */
class OrderCheck {
  readonly #folders = new Set([""]);
  #last: readonly Buffer[] = [];

  check({ path, mode }: ReceivedStat): void {
    const parent = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    if (!this.#folders.has(parent)) throw new Error(`${path} came before its folder`);
    const parts = path.split("/").map((part) => Buffer.from(part));
    const at = parts.findIndex((part, index) => !this.#last[index]?.equals(part));
    const before = this.#last[at];
    const after = parts[at];
    if (!after || (before && before.compare(after) > 0)) throw new Error(`${path} is out of order`);
    this.#last = parts;
    if (mode >= 2 ** 31) this.#folders.add(path);
  }
}

/** What the receiver has said and the sender has not read. */
class Outbox implements AsyncIterable<Uint8Array> {
  readonly #waiting: Uint8Array[] = [];
  #wake: (() => void) | undefined;

  push(message: Uint8Array): void {
    this.#waiting.push(message);
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (let message = await this.#next(); message !== HANG_UP; message = await this.#next()) {
      yield message;
    }
  }

  async #next(): Promise<Uint8Array> {
    const message = this.#waiting.shift();
    if (message) return message;
    await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#next();
  }
}

/** Said by `onPacket`, it ends the receiver's side of the call. */
export const HANG_UP = new Uint8Array(0);
