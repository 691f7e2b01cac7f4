import { cancellation, EcrError } from "../../core/errors.js";
import { DiffCopySender } from "./diffCopySender.js";
import { OfferedFiles } from "./diffCopyFiles.js";
import type { PacedDisk } from "./fileSyncDisk.js";
import type { TransferProgress } from "./fileSyncProgress.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import type { SessionCall } from "./sessionService.js";
import { decodePacket, encodeFailure, encodeStat, END, invalid, LAST_STAT } from "./syncPackets.js";
import { walkForSync, type SyncWalk } from "./syncWalk.js";

/** What one transfer needs besides its call. */
export interface DiffCopy {
  readonly walk: SyncWalk;
  readonly disk: PacedDisk;
  readonly progress: TransferProgress;
  readonly onVanished: (absolutePath: string) => void;
}

/**
 * Offers a folder to BuildKit and sends the content that it asks for, until it has everything.
 *
 * Both go on at once: BuildKit asks while the folder is being read. Fails with
 * `context-unreadable`, with a `GrpcError` where BuildKit breaks off or off the protocol, and with
 * an `AbortError` when the call is aborted; nothing is read any more by then.
 * Source: https://github.com/tonistiigi/fsutil/blob/master/receive.go
 */
export async function diffCopy(
  call: Pick<SessionCall, "messages" | "send" | "signal">,
  copy: DiffCopy,
): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([call.signal, over.signal]);
  const failed = new Promise<never>((_resolve, reject) => {
    call.signal.addEventListener("abort", reject, { signal: over.signal });
    over.signal.addEventListener("abort", () => {
      reject(over.signal.reason as Error);
    });
  });
  const files = new OfferedFiles();
  const parts = { ...copy, root: copy.walk.root, send: call.send, signal };
  const sender = new DiffCopySender(parts, (error) => {
    over.abort(error);
  });
  const listing = offer(call, copy, files, signal);
  const serving = serve(call.messages, files, sender, copy.progress);
  // Who gives the sync up waits for neither, and what BuildKit still says is nobody's failure.
  serving.catch(() => undefined);
  try {
    if (call.signal.aborted) throw cancellation();
    await Promise.race([failed, Promise.all([listing, serving])]);
    await call.send(END);
    copy.progress.end();
  } catch (error) {
    if (call.signal.aborted) throw cancellation();
    // The reason goes to BuildKit too, which ends its build with it.
    await call.send(encodeFailure(reason(error))).catch(() => undefined);
    throw error;
  } finally {
    over.abort(cancellation());
    await Promise.allSettled([listing, sender.settle(), failed]);
  }
}

/** Sends the listing of the folder. */
async function offer(
  call: Pick<SessionCall, "send">,
  { walk, disk, progress }: DiffCopy,
  files: OfferedFiles,
  signal: AbortSignal,
): Promise<void> {
  for await (const batch of walkForSync(walk, disk, signal)) {
    for (const entry of batch) {
      // First, as BuildKit may ask for it before `send` comes back.
      files.add(entry);
      if (entry.readable) progress.list(entry.sizeBytes);
    }
    await call.send(...batch.map(encodeStat));
  }
  files.complete = true;
  progress.endListing();
  await call.send(LAST_STAT);
}

/** Takes what BuildKit asks for, until it has everything. */
async function serve(
  messages: AsyncIterable<Uint8Array>,
  files: OfferedFiles,
  sender: DiffCopySender,
  progress: TransferProgress,
): Promise<void> {
  for await (const message of messages) {
    const packet = decodePacket(message);
    if (packet.type === "error") {
      throw new GrpcError(GRPC.unknown, `file sync: BuildKit failed: ${packet.message}`);
    }
    if (packet.type === "end") {
      if (!files.complete) throw invalid("the receiver ended it before everything was listed");
      if (sender.unsent === 0) return;
      throw invalid(`the receiver ended it while ${sender.unsent} files were on their way`);
    }
    const file = files.take(packet.id);
    progress.request(file.sizeBytes);
    sender.request(file);
  }
  throw new GrpcError(GRPC.unavailable, "file sync: BuildKit broke off");
}

function reason(error: unknown): string {
  if (error instanceof EcrError && error.failure.kind === "context-unreadable") {
    return `${error.failure.path} can't be read: ${error.failure.reason}`;
  }
  return error instanceof Error ? error.message : String(error);
}
