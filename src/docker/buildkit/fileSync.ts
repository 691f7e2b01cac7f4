import { resolveContext } from "../buildContext.js";
import { diffCopy } from "./diffCopy.js";
import { PacedDisk } from "./fileSyncDisk.js";
import { readFilter } from "./fileSyncFilter.js";
import { TransferProgress, type FileSyncProgress } from "./fileSyncProgress.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import type { SessionCall, SessionService } from "./sessionService.js";

/** What a build shares with BuildKit. */
export interface FileSyncOptions {
  /** Absolute paths of the folders, under the names by which BuildKit asks for them. */
  readonly folders: Readonly<Record<string, string>>;
  /** Hears how far each transfer is, at most twenty times a second, and at its end. */
  readonly onProgress: (progress: FileSyncProgress) => void;
  /** Hears of a file that has gone since it was listed; the image gets an empty one. */
  readonly onVanished?: (absolutePath: string) => void;
  readonly platform?: NodeJS.Platform;
}

/**
 * Shares the folders of a build with BuildKit, which asks for what it does not have yet.
 *
 * A call fails with `context-unreadable`, whose text BuildKit gets too, with a `GrpcError` where
 * BuildKit breaks the protocol, and with an `AbortError` once it has gone.
 *
 * BuildKit itself reads the ignore file and the Dockerfile through this, and then sends the rules
 * along with its question for the context. Extended attributes do not travel: Node can't read them.
 * Source: https://github.com/moby/buildkit/blob/master/session/filesync/filesync.proto
 */
export function makeFileSync(options: FileSyncOptions): SessionService {
  const { folders, onProgress, onVanished = () => undefined } = options;
  const { platform = process.platform } = options;
  const disk = new PacedDisk();
  let transfers = 0;

  const handle = async (call: SessionCall): Promise<void> => {
    const name = call.metadata.values("dir-name")[0] ?? "";
    const folder = Object.hasOwn(folders, name) ? folders[name] : undefined;
    if (folder === undefined) {
      throw new GrpcError(GRPC.notFound, `file sync: no folder is shared under the name "${name}"`);
    }
    const progress = new TransferProgress(name, ++transfers, onProgress);
    const root = await resolveContext(folder);
    const filter = await readFilter(call.metadata, root, platform);
    await diffCopy(call, { walk: { root, platform, ...filter }, disk, progress, onVanished });
  };
  return { methods: ["/moby.filesync.v1.FileSync/DiffCopy"], handle };
}
