import path from "node:path";
import type { ContextNode } from "../../core/context/contextContents.js";
import {
  type ContextFinding,
  type FindingReason,
  MAX_SECRET_BYTES,
  suspectFile,
  suspectFolder,
} from "../../core/context/contextFinding.js";
import type { PacedDisk } from "../buildkit/fileSyncDisk.js";

/** More findings than this help nobody. */
const MAX_FINDINGS = 100;
/** More files than this are not read; the rest is judged by name. */
const MAX_READS = 200;

/** Collects what of a context is better not sent, while it is walked. */
export class ContextFindings {
  readonly #found: ContextFinding[] = [];
  #reads = 0;
  /** The folder that is a finding itself: what is in it needs no finding of its own. */
  #inside: { readonly path: string; readonly why: FindingReason } | undefined;

  constructor(
    private readonly root: string,
    private readonly disk: PacedDisk,
  ) {}

  get found(): readonly ContextFinding[] {
    return this.#found;
  }

  openFolder(name: string): void {
    const why = this.#inside ? undefined : suspectFolder(name);
    if (why) this.#inside = { path: name, why };
  }

  closeFolder({ path: name, files, bytes }: ContextNode): void {
    if (this.#inside?.path !== name) return;
    const { why } = this.#inside;
    this.#inside = undefined;
    if (bytes > 0) this.#add({ path: name, isFolder: true, why, files, bytes });
  }

  async lookAtFile(name: string, sizeBytes: number): Promise<void> {
    if (this.#inside || this.#found.length >= MAX_FINDINGS) return;
    const suspicion = suspectFile(name, sizeBytes);
    if (!suspicion) return;
    const { why, isProof } = suspicion;
    if (isProof && this.#reads++ < MAX_READS) {
      const content = await this.#tryRead(name);
      if (content !== undefined && !isProof(content)) return;
    }
    this.#add({ path: name, isFolder: false, why, files: 1, bytes: sizeBytes });
  }

  #add(finding: ContextFinding): void {
    if (this.#found.length < MAX_FINDINGS) this.#found.push(finding);
  }

  /** What can't be read is judged by its name. */
  async #tryRead(name: string): Promise<string | undefined> {
    try {
      const file = path.join(this.root, name);
      const buffer = Buffer.allocUnsafe(MAX_SECRET_BYTES + 1);
      const bytes = await this.disk.readSmall(file, buffer, MAX_SECRET_BYTES);
      return bytes === undefined ? undefined : buffer.toString("latin1", 0, bytes);
    } catch {
      return undefined;
    }
  }
}
