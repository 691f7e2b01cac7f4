import { createHash, randomUUID } from "node:crypto";
import type { Hash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { Context } from "./context.js";
import type { LayerFate } from "./faults.js";
import { mediaTypes } from "./mediaTypes.js";
import { OciError } from "./ociError.js";

/** A layer on its way in: its bytes are on disk, its hash is kept up to date. */
interface Upload {
  readonly name: string;
  readonly path: string;
  readonly hash: Hash;
  readonly fate: LayerFate;
  sizeBytes: number;
  /** Whether a request is writing now; two at once would mix their bytes. */
  busy: boolean;
}

/** What became of a request's bytes. */
export type Received =
  { readonly kind: "stored"; readonly sizeBytes: number } | { readonly kind: "cut" };

/** The layers that clients are sending; they end with the process. */
export class BlobUploads {
  readonly #uploads = new Map<string, Upload>();

  /** @param context Where finished layers go, and the faults that layers meet. */
  constructor(private readonly context: Pick<Context, "store" | "faults">) {}

  /** Starts an upload into a repository and returns its id. */
  start(name: string): string {
    const id = randomUUID();
    this.#uploads.set(id, {
      name,
      path: this.context.store.content.uploadPath(),
      hash: createHash("sha256"),
      fate: this.context.faults.nextLayerFate(),
      sizeBytes: 0,
      busy: false,
    });
    return id;
  }

  /** Returns how many bytes an upload has received. */
  sizeBytes(name: string, id: string): number {
    return this.#find(name, id).sizeBytes;
  }

  /**
   * Adds a body to an upload, hashing while it writes.
   *
   * @throws OciError when the upload is unknown, busy, or meant to fail.
   */
  async receive(name: string, id: string, body: AsyncIterable<Buffer>): Promise<Received> {
    const upload = this.#find(name, id);
    if (upload.fate.kind === "failed") {
      // A client that still sends would meet a closed connection before it reads the answer.
      const rest = body[Symbol.asyncIterator]();
      while (!(await rest.next()).done) continue;
      throw new OciError("INTERNAL_ERROR", "Internal server error", upload.fate.status);
    }
    if (upload.busy) throw new OciError("BLOB_UPLOAD_INVALID", "The upload is in use", 409);
    upload.busy = true;
    const file = await open(upload.path, "a");
    try {
      for await (const chunk of this.context.faults.rate.pace(body)) {
        upload.hash.update(chunk);
        await file.write(chunk);
        upload.sizeBytes += chunk.length;
        if (upload.fate.kind === "cut" && upload.sizeBytes >= upload.fate.afterBytes) {
          return { kind: "cut" };
        }
      }
    } finally {
      upload.busy = false;
      await file.close();
    }
    return { kind: "stored", sizeBytes: upload.sizeBytes };
  }

  /**
   * Ends an upload: its bytes become the blob of `digest`.
   *
   * @returns The blob, for the repository to hold.
   * @throws OciError DIGEST_INVALID when the bytes have another digest; the upload is then gone.
   */
  async finish(name: string, id: string, digest: string): Promise<BlobReceived> {
    const upload = this.#find(name, id);
    this.#uploads.delete(id);
    if (`sha256:${upload.hash.digest("hex")}` !== digest) {
      await rm(upload.path, { force: true });
      throw new OciError(
        "DIGEST_INVALID",
        `The digest ${digest} does not match the uploaded bytes`,
        400,
      );
    }
    // A layer of no bytes has met no write, and so has no file yet.
    await (await open(upload.path, "a")).close();
    this.context.store.content.adopt(upload.path, digest);
    return { digest, sizeBytes: upload.sizeBytes, mediaType: mediaTypes.dockerLayer };
  }

  /** Forgets an upload and its bytes. */
  async cancel(name: string, id: string): Promise<void> {
    const upload = this.#find(name, id);
    this.#uploads.delete(id);
    await rm(upload.path, { force: true });
  }

  #find(name: string, id: string): Upload {
    const upload = this.#uploads.get(id);
    if (upload?.name === name) return upload;
    throw new OciError("BLOB_UPLOAD_UNKNOWN", `The upload ${id} does not exist`, 404);
  }
}

/** A blob that has arrived whole. */
export interface BlobReceived {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
}
